// node read-with-confluent.mjs BOOTSTRAP REGISTRY TOPIC COUNT
import confluent from '@confluentinc/schemaregistry';
import { print, recordsOf, schemaOf } from './topic.mjs';

const [bootstrap, host, topic, count] = process.argv.slice(2);
const client = new confluent.SchemaRegistryClient({ baseURLs: [host] });
const deserializer = new confluent.AvroDeserializer(client, confluent.SerdeType.VALUE, {});

const records = await recordsOf(bootstrap, topic, Number(count), 'confluent-reader');
for (const record of records) {
  print({ key: record.key.toString(), value: await deserializer.deserialize(topic, record.value) });
}
const schema = await schemaOf(host, records[0]);
print({ registered: await client.register(`confluent-${topic}-value`, { schemaType: 'AVRO', schema }) });
