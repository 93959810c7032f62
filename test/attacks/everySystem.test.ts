import { expect } from "chai";
import { systemNames } from "../../systems/index.ts";
import { type AttackedSystem, attackedSystem } from "../harness/attacks/attackedSystem.ts";
import { ourRoles, ourSources, strangers, twinOf } from "../harness/attacks/attackers.ts";
import { type Hop, nameOf } from "../harness/attacks/hop.ts";

const queue = "aws:sqs/queue:Queue";
const stores = [queue, "aws:dynamodb/table:Table", "aws:s3/bucket:Bucket"];

for (const stack of ["dev", "prod"] as const) {
  for (const name of systemNames) {
    describe(`policies of ${name} in ${stack}`, () => {
      let system: AttackedSystem;
      before(async () => {
        system = await attackedSystem(stack, name);
      });

      /** Fails with the name of every attack that gets through, and when there is none to try. */
      function expectDenied(attacks: readonly Hop[]): void {
        expect(attacks).not.to.be.empty;
        const through = attacks.filter((hop) => system.world.decide(hop).allowed);
        expect(through.map(nameOf)).to.deep.equal([]);
      }

      it("let every hop through", () => {
        expect(system.hops.filter(({ what }) => what.startsWith("topic to "))).not.to.be.empty;
        const stuck = system.hops.filter(
          ({ anyOf, optional }) =>
            !optional && !anyOf.some((hop) => system.world.decide(hop).allowed),
        );
        const named = stuck.map(({ what, anyOf: [first] }) => `${what}: ${first && nameOf(first)}`);
        expect(named).to.deep.equal([]);
      });

      it("keep out other accounts, and services that act for others or for nobody", () => {
        expectDenied([
          ...system.attacks("use", strangers),
          ...system.attacks("administer", strangers),
        ]);
      });

      it("keep out what has the name of one of ours in another account", () => {
        const twins = system.hops.flatMap(({ anyOf }) => anyOf.flatMap((hop) => twinOf(hop) ?? []));
        expectDenied(twins);
      });

      it("keep out our other topics and buckets", () => {
        expectDenied(system.attacks("use", ourSources(system.deployed)));
      });

      it("keep every role out of the queues, tables and buckets of others", () => {
        expectDenied(system.attacks("use", ourRoles(system.deployed), stores));
      });

      it("let no role send straight to a queue", () => {
        const send = system
          .attacks("use", ourRoles(system.deployed), [queue])
          .filter(({ action }) => action === "sqs:SendMessage");
        expectDenied(send);
      });

      it("let no consumer read a dead-letter queue", () => {
        const dead = deadLetterQueues(system);
        const read = system
          .attacks("use", ourRoles(system.deployed), [queue])
          .filter(({ action, resource }) => action !== "sqs:SendMessage" && dead.has(resource));
        expectDenied(read);
      });

      it("take nothing over plain HTTP", () => {
        const plain = system.hops
          .flatMap(({ anyOf }) => anyOf)
          .filter(({ resource }) => /^arn:aws:(sns|sqs|s3):/.test(resource))
          .map((hop) => ({ ...hop, context: { ...hop.context, "aws:SecureTransport": "false" } }));
        expectDenied(plain);
      });

      it("let no role and no service of ours delete, open or redirect anything", () => {
        const everyone = [...ourRoles(system.deployed), ...ourSources(system.deployed)];
        expectDenied(system.attacks("administer", everyone));
      });
    });
  }
}

/** Queues that only a person reads: what was tried too often, could not be delivered, or failed. */
function deadLetterQueues({ targets, hops }: AttackedSystem): Set<string> {
  const redrives = targets
    .map(({ inputs }) => inputs.redrivePolicy)
    .filter((redrive) => typeof redrive === "string")
    .map((redrive) => String(JSON.parse(redrive).deadLetterTargetArn));
  const fallbacks = hops
    .filter(({ what }) => /^(subscription to dead-letter|function to failure) queue$/.test(what))
    .flatMap(({ anyOf }) => anyOf.map(({ resource }) => resource));
  return new Set([...redrives, ...fallbacks]);
}
