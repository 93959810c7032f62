import * as v from "valibot";
import type { ClientResources } from "../../storage/clientResources.ts";
import type { Roles } from "./roles.ts";

const roleSchema = v.object({
  trust: v.optional(v.string()),
  boundary: v.optional(v.string()),
  inline: v.record(v.string(), v.string()),
  attached: v.array(v.string()),
});

/** The roles and managed policies that clients made by the API, kept beyond the run. */
export class ClientRoles {
  readonly #roles: Roles;
  readonly #resources: ClientResources;

  constructor(roles: Roles, resources: ClientResources) {
    this.#roles = roles;
    this.#resources = resources;
  }

  /** To be called when a client has made a role. */
  add(arn: string): void {
    this.#save(arn);
  }

  /** To be called when a client has made a managed policy. */
  addPolicy(arn: string): void {
    this.#resources.save("policy", arn, { document: this.#roles.managedPolicy(arn) });
  }

  /** To be called after a client's change: keeps what has become of its roles and policies. */
  follow(): void {
    for (const { id } of this.#resources.list("role")) this.#save(id);
    for (const { id } of this.#resources.list("policy")) {
      if (this.#roles.findManagedPolicy(id) === undefined) this.#resources.remove("policy", id);
    }
  }

  /** Makes what was kept; what the cloud has by now stays as it is. */
  restore(): void {
    for (const { id, definition } of this.#resources.list("policy")) {
      if (this.#roles.findManagedPolicy(id) !== undefined) continue;
      const { document } = v.parse(v.object({ document: v.string() }), JSON.parse(definition));
      this.#roles.setManagedPolicy(id, document);
    }
    for (const { id, definition } of this.#resources.list("role")) {
      if (this.#roles.find(id) === undefined) this.#restore(id, definition);
    }
  }

  #save(arn: string): void {
    const role = this.#roles.find(arn);
    if (role === undefined) {
      this.#resources.remove("role", arn);
      return;
    }
    const { trust, boundary, inline, attached } = role;
    this.#resources.save("role", arn, {
      trust,
      boundary,
      inline: Object.fromEntries(inline),
      attached: [...attached],
    });
  }

  #restore(arn: string, definition: string): void {
    const { trust, boundary, inline, attached } = v.parse(roleSchema, JSON.parse(definition));
    this.#roles.add(arn);
    if (trust !== undefined) this.#roles.setTrust(arn, trust);
    for (const [name, document] of Object.entries(inline)) {
      this.#roles.setPolicy(arn, name, document);
    }
    for (const policyArn of attached) {
      // A policy that belonged to a program may be gone.
      if (this.#roles.findManagedPolicy(policyArn) !== undefined) {
        this.#roles.attach(arn, policyArn);
      }
    }
    if (boundary !== undefined) this.#roles.setBoundary(arn, boundary);
  }
}
