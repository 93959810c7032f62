import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { isProviderType, providerPackage } from "../../pulumi/urn.ts";

/**
 * Rejects what a registration asks for and the local run does not do.
 *
 * @throws Error that names it
 */
export function assertSupported(request: RegisterResourceRequest): void {
  const resource = `${request.getType()} "${request.getName()}"`;
  if (request.getStateMigrationsList().length > 0) {
    throw new Error(`${resource}: the local run does not support the option stateMigrations`);
  }
  const hooks = Object.values(request.getHooks()?.toObject() ?? {});
  if (request.getRemote() && hooks.some((names) => names.length > 0)) {
    throw new Error(`${resource}: the local run does not pass hooks to plugins`);
  }
  if (request.getSnippetid() !== "") {
    throw new Error(`${resource}: the local run does not register resources of snippets`);
  }
  for (const timeout of timeoutsOf(request)) {
    if (!duration.test(timeout)) {
      throw new Error(`${resource}: unable to parse customTimeout Value ${timeout}`);
    }
  }
  if (request.getEnvvarmappingsMap().getLength() > 0) {
    if (!isProviderType(request.getType())) {
      throw new Error("envVarMappings can only be used with provider resources");
    }
    throw new Error(
      `${resource} (${providerPackage(request.getType())}): the local run does not support the option envVarMappings`,
    );
  }
}

/** Of Go: `1h30m`. Nothing that the local cloud does takes as long as any of them. */
const duration = /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+)$/;

function timeoutsOf(request: RegisterResourceRequest): string[] {
  const timeouts = request.getCustomtimeouts();
  const all = [timeouts?.getCreate(), timeouts?.getUpdate(), timeouts?.getDelete()];
  return all.flatMap((timeout) => (timeout === undefined || timeout === "" ? [] : [timeout]));
}
