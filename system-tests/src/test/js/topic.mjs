// What both readers share: the records of a topic as bytes, and lines of JSON on standard output.
import kafkajs from 'kafkajs';

export async function recordsOf(bootstrap, topic, count, groupId) {
  // It logs to standard output, where the records go; what it cannot mend by trying again it throws.
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], clientId: groupId, logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId });
  const records = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  try {
    await new Promise((resolve, reject) => {
      consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
      consumer
        .run({
          eachMessage: async ({ message }) => {
            records.push(message);
            if (records.length === count) {
              resolve();
            }
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return records;
}

export async function schemaOf(registry, record) {
  const answer = await fetch(`${registry}/schemas/ids/${record.value.readInt32BE(1)}/schema`);
  return answer.text();
}

export function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
