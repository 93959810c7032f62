#!/usr/bin/env node
/**
 * The plugin of Pulumi's package aws-apigateway as the local run has it, for programs on machines where
 * Pulumi's own is not installed. Engines start it as any plugin, in the program's folder.
 */
import * as pulumi from "@pulumi/pulumi";
import { registerReferences } from "./awsResources.ts";
import { componentType, RestApiComponent } from "./restApi.ts";

registerReferences();
await pulumi.provider.main(
  {
    version: "999.0.0",
    schema: JSON.stringify({ name: "aws-apigateway", version: "999.0.0" }),
    construct: async (name, type, inputs, options) => {
      if (type !== componentType) throw new Error(`unknown resource type ${type}`);
      const { urn, outputs } = new RestApiComponent(name, inputs, options);
      return { urn, state: outputs };
    },
  },
  process.argv.slice(2),
);
