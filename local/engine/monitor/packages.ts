import type { RegisterPackageRequest } from "@pulumi/pulumi/proto/resource_pb.js";

/** Packages that generated SDKs announce before they use them. */
export class Packages {
  readonly #versions = new Map<string, string>();

  /**
   * @returns a reference, which stands for the package from now on
   * @throws Error for a package that a provider generates from parameters
   */
  register(request: RegisterPackageRequest): string {
    if (request.getExtension$()) {
      throw new Error(
        `the local run does not support packages that extend a plugin, such as "${request.getName()}"`,
      );
    }
    const parameters = request.getParameterization();
    if (parameters !== undefined) {
      throw new Error(
        `the local run serves the AWS provider only; the package "${parameters.getName()}" is one of the provider "${request.getName()}"`,
      );
    }
    const reference = `${request.getName()}@${request.getVersion()}`;
    this.#versions.set(reference, request.getVersion());
    return reference;
  }

  versionOf(reference: string): string | undefined {
    return this.#versions.get(reference);
  }
}
