// node read-with-kafkajs.mjs BOOTSTRAP REGISTRY TOPIC COUNT
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { print, recordsOf, schemaOf } from './topic.mjs';

const [bootstrap, host, topic, count] = process.argv.slice(2);
const registry = new SchemaRegistry({ host });

const records = await recordsOf(bootstrap, topic, Number(count), 'kafkajs-reader');
for (const record of records) {
  print({ key: record.key.toString(), value: await registry.decode(record.value) });
}
const schema = await schemaOf(host, records[0]);
const { id } = await registry.register({ type: SchemaType.AVRO, schema }, { subject: `kafkajs-${topic}-value` });
print({ registered: id });
