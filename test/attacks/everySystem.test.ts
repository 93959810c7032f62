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

      it("allow every intended hop", () => {
        expect(system.hops.filter(({ what }) => what.startsWith("topic to "))).not.to.be.empty;
        const stuck = system.hops.filter(
          ({ anyOf, optional }) =>
            !optional && !anyOf.some((hop) => system.world.decide(hop).allowed),
        );
        const named = stuck.map(({ what, anyOf: [first] }) => `${what}: ${first && nameOf(first)}`);
        expect(named).to.deep.equal([]);
      });

      it("deny other accounts, and services that act for others or for no resource", () => {
        expectDenied([
          ...system.attacks("use", strangers),
          ...system.attacks("administer", strangers),
        ]);
      });

      it("deny resources of the same name in another account", () => {
        const twins = system.hops.flatMap(({ anyOf }) => anyOf.flatMap((hop) => twinOf(hop) ?? []));
        expectDenied(twins);
      });

      it("deny other topics and buckets of the account", () => {
        expectDenied(system.attacks("use", ourSources(system.deployed)));
      });

      it("deny every role the queues, tables and buckets of others", () => {
        expectDenied(system.attacks("use", ourRoles(system.deployed), stores));
      });

      it("allow no role to send directly to a queue", () => {
        const send = system
          .attacks("use", ourRoles(system.deployed), [queue])
          .filter(({ action }) => action === "sqs:SendMessage");
        expectDenied(send);
      });

      it("allow no consumer to read a dead-letter queue", () => {
        const dead = deadLetterQueues(system);
        const read = system
          .attacks("use", ourRoles(system.deployed), [queue])
          .filter(({ action, resource }) => action !== "sqs:SendMessage" && dead.has(resource));
        expectDenied(read);
      });

      it("deny plain HTTP", () => {
        const plain = system.hops
          .flatMap(({ anyOf }) => anyOf)
          .filter(({ resource }) => /^arn:aws:(sns|sqs|s3):/.test(resource))
          .map((hop) => ({ ...hop, context: { ...hop.context, "aws:SecureTransport": "false" } }));
        expectDenied(plain);
      });

      it("allow no role and no service to delete, open or redirect anything", () => {
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
