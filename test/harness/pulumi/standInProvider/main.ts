/**
 * What the engine runs as `pulumi-resource-aws`: serves the stand-in provider on a port of loopback, which
 * it prints, as the engine expects of a plugin. The engine ends the process.
 */
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as v from "valibot";
import { standInProvider } from "./standInProvider.ts";

/** A deployment's code travels in one message where it is text. */
const largestMessage = 400 * 1024 * 1024;

const server = new grpc.Server({
  "grpc.max_receive_message_length": largestMessage,
  "grpc.max_send_message_length": largestMessage,
});
const { STAND_IN_DELAYS = "{}" } = process.env;
const delays = v.parse(v.record(v.string(), v.number()), JSON.parse(STAND_IN_DELAYS));
server.addService(ResourceProviderService, standInProvider(delays));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
