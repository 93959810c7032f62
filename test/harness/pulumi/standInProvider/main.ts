/**
 * What the engine runs as `pulumi-resource-aws`: serves the stand-in provider on a port of loopback, which
 * it prints, as the engine expects of a plugin. The engine ends the process.
 */
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as v from "valibot";
import { listenOnLoopback, messageLimits } from "../../../../local/pulumi/grpc/loopback.ts";
import { standInProvider } from "./standInProvider.ts";

const server = new grpc.Server(messageLimits);
const { STAND_IN_DELAYS = "{}" } = process.env;
const delays = v.parse(v.record(v.string(), v.number()), JSON.parse(STAND_IN_DELAYS));
server.addService(ResourceProviderService, standInProvider(delays));
process.stdout.write(`${await listenOnLoopback(server)}\n`);
