import { Secret, type ValueMap } from "../../pulumi/values/value.ts";
import type { StackName, StackOutputs } from "../state/stackOutputs.ts";

/** The engine's own resource type for the outputs of another stack. */
export const stackReferenceType = "pulumi:pulumi:StackReference";

/** Reads the outputs of other local stacks. */
export class StackReferences {
  readonly #outputs: StackOutputs;
  readonly #own: StackName;

  constructor(outputs: StackOutputs, own: StackName) {
    this.#outputs = outputs;
    this.#own = own;
  }

  /**
   * @param name `organization/project/stack`, or less of it: the rest is that of this stack
   * @throws Error when no local run has kept the outputs of such a stack
   */
  read(name: string): ValueMap {
    const outputs = this.#outputs.read(this.#parse(name));
    if (outputs === undefined) {
      const known = this.#outputs.names().join(", ") || "none";
      throw new Error(
        `stack reference "${name}": no local run has kept the outputs of this stack (there are: ${known}); run that stack first`,
      );
    }
    const secret = Object.keys(outputs).filter((each) => outputs[each] instanceof Secret);
    return { name, outputs, secretOutputNames: secret.sort() };
  }

  #parse(name: string): StackName {
    const parts = name.split("/");
    const [stack = "", project = this.#own.project, organization = this.#own.organization] =
      parts.toReversed();
    return { organization, project, stack };
  }
}
