import callbackPb from "@pulumi/pulumi/proto/callback_pb.js";
import resourcePb from "@pulumi/pulumi/proto/resource_pb.js";
import { expect } from "chai";
import { Packages } from "../../../local/engine/monitor/packages.ts";
import { assertSupported } from "../../../local/engine/monitor/supported.ts";

/** What becomes of a field of Pulumi's protocol. */
type Fate =
  | "honoured"
  | "rejected by name"
  /** Programs of Pulumi 3 say that they take what the embedded engine sends. */
  | "sent by every SDK"
  /** Where the program registers, for messages of the CLI. */
  | "shown by the CLI only"
  /** The local run downloads no plugin. */
  | "about plugins only";

const everywhere = {
  AcceptsByteString: "sent by every SDK",
  Acceptresources: "sent by every SDK",
  Acceptsecrets: "sent by every SDK",
  AcceptOutputValues: "sent by every SDK",
  Parentstacktracehandle: "shown by the CLI only",
  Plugindownloadurl: "about plugins only",
  Sourceposition: "shown by the CLI only",
  Stacktrace: "shown by the CLI only",
} as const satisfies Record<string, Fate>;

const honoured = (...names: readonly string[]): Record<string, Fate> =>
  Object.fromEntries(names.map((name) => [name, "honoured"]));

const table: Readonly<Record<string, Readonly<Record<string, Fate>>>> = {
  RegisterResourceRequest: {
    ...honoured("Additionalsecretoutputs", "Aliases", "Aliasspecs", "Aliasurns", "Custom"),
    ...honoured("Customtimeouts", "Deletebeforereplace", "Deletebeforereplacedefined"),
    ...honoured("Deletedwith", "Dependencies", "Hooks", "Ignorechanges", "Importid", "Name"),
    ...honoured("Object", "Packageref", "Parent", "Protect", "Provider", "ReplaceWith"),
    ...honoured("ReplacementTrigger", "Replaceonchanges", "Retainondelete", "Transforms", "Type"),
    ...honoured("Remote", "Version"),
    Hidediffs: "shown by the CLI only",
    Snippetid: "rejected by name",
    StateMigrations: "rejected by name",
    Supportspartialvalues: "sent by every SDK",
    Supportsresultreporting: "sent by every SDK",
  },
  ReadResourceRequest: {
    ...honoured("Additionalsecretoutputs", "Dependencies", "Id", "Name", "Packageref", "Parent"),
    ...honoured("Properties", "Provider", "Type", "Version"),
  },
  ExistsResourceRequest: honoured(
    ...["Id", "Packageref", "Parent", "Properties", "Provider", "Type", "Version"],
  ),
  ResourceInvokeRequest: honoured(
    ...["Args", "Dependson", "Packageref", "Parent", "Provider", "Tok", "Version"],
  ),
  ResourceCallRequest: {
    Args: "rejected by name",
    Packageref: "rejected by name",
    Provider: "rejected by name",
    Tok: "rejected by name",
    Version: "rejected by name",
  },
  RegisterResourceOutputsRequest: honoured("Outputs", "Urn"),
  RegisterResourceHookRequest: honoured("Callback", "IgnoreErrors", "Name", "OnDryRun"),
  RegisterErrorHookRequest: { Callback: "rejected by name", Name: "rejected by name" },
  RegisterPackageRequest: {
    ...honoured("Name", "Version"),
    DownloadUrl: "about plugins only",
    Extension$: "rejected by name",
    Parameterization: "rejected by name",
  },
  TransformResourceOptions: {
    ...honoured("AdditionalSecretOutputs", "Aliases", "CustomTimeouts", "DeleteBeforeReplace"),
    ...honoured("DeletedWith", "DependsOn", "Hooks", "IgnoreChanges", "Import", "Protect"),
    ...honoured("Provider", "ReplaceOnChanges", "ReplaceWith", "ReplacementTrigger"),
    ...honoured("RetainOnDelete", "Version"),
    HideDiff: "shown by the CLI only",
    PluginDownloadUrl: "about plugins only",
  },
  TransformInvokeOptions: {
    ...honoured("Provider", "Version"),
    PluginDownloadUrl: "about plugins only",
  },
};

describe("what a program can say to the engine", () => {
  for (const [message, fates] of Object.entries(table)) {
    it(`${message} has no field that is taken silently`, () => {
      const known = new Set([...Object.keys(fates), ...Object.keys(everywhere)]);
      expect(fieldsOf(message).filter((field) => !known.has(field))).to.deep.equal([]);
      expect(
        Object.keys(fates).filter((field) => !fieldsOf(message).includes(field)),
      ).to.deep.equal([]);
    });
  }

  it("names what it rejects of a registration", () => {
    const request = () =>
      new resourcePb.RegisterResourceRequest().setType("aws:sqs/queue:Queue").setName("mail");
    const timeouts = new resourcePb.RegisterResourceRequest.CustomTimeouts();
    const hooks = new resourcePb.RegisterResourceRequest.ResourceHooksBinding();
    const remote = request().setRemote(true);
    expect(() => assertSupported(remote)).not.to.throw();
    expect(() => assertSupported(remote.setHooks(hooks))).not.to.throw();
    hooks.setBeforeCreateList(["ask"]);
    expect(() => assertSupported(remote)).to.throw(/"mail".*hooks to plugins/);
    expect(() => assertSupported(request().setSnippetid("a"))).to.throw(/"mail".*snippets/);
    const migrated = request();
    migrated.setStateMigrationsList([new callbackPb.Callback()]);
    expect(() => assertSupported(migrated)).to.throw(/"mail".*stateMigrations/);
    const mapped = request();
    mapped.getEnvvarmappingsMap().set("A", "B");
    expect(() => assertSupported(mapped)).to.throw("only be used with provider resources");
    mapped.setType("pulumi:providers:aws");
    expect(() => assertSupported(mapped)).to.throw(/"mail".*envVarMappings/);
    expect(() => assertSupported(request().setCustomtimeouts(timeouts.setCreate("soon")))).to.throw(
      'aws:sqs/queue:Queue "mail": unable to parse customTimeout Value soon',
    );
    assertSupported(request().setCustomtimeouts(timeouts.setCreate("1h30m")));
  });

  it("names packages that need a plugin", () => {
    const request = () => new resourcePb.RegisterPackageRequest().setName("terraform-provider");
    const extension = request().setExtension$(new resourcePb.Parameterization());
    expect(() => new Packages().register(extension)).to.throw(/terraform-provider/);
    const parameters = new resourcePb.Parameterization().setName("null");
    expect(() => new Packages().register(request().setParameterization(parameters))).to.throw(
      /"null".*"terraform-provider"/,
    );
  });
});

/** As the setters of the generated class name them. */
function fieldsOf(message: string): string[] {
  const found = Object.entries(resourcePb).find(([name]) => name === message)?.[1];
  if (typeof found !== "function") throw new Error(`there is no message ${message}`);
  const methods: object = found.prototype;
  return Object.getOwnPropertyNames(methods)
    .filter((name) => name.startsWith("set"))
    .map((name) => name.replace(/^set/, "").replace(/List$/, ""))
    .sort();
}
