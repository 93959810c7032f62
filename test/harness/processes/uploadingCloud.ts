/** A local cloud that a test kills while it stores objects, in the directory that it is given. */
import { openStore } from "../../../local/storage/store.ts";
import { makeBuckets, topicArn } from "../cloud/buckets.ts";

const [directory] = process.argv.slice(2);
const store = openStore(directory);
store.exec("CREATE TABLE IF NOT EXISTS published (message TEXT NOT NULL)");
const insert = store.prepare("INSERT INTO published (message) VALUES (?)");
const { buckets, put } = makeBuckets({
  store,
  topics: {
    publish(_topicArn, { message }) {
      insert.run(message);
      return { messageId: "message" };
    },
  },
});
buckets.create("photos");
buckets.setNotification("photos", [{ id: "all", topicArn, events: ["s3:ObjectCreated:*"] }]);
for (let count = 1; ; count++) {
  put("photos", `object-${count}`, `content of ${count} `.repeat(1000));
  process.stdout.write(`${count}\n`);
  // Lets the line out before the next object.
  await new Promise((resolve) => setImmediate(resolve));
}
