/** The public interface of the test helpers, for unit tests of programs under Pulumi's mocks. */

export type { MockedState } from "./awsState.ts";
export { type FanoutMocksArgs, fanoutMocks } from "./fanoutMocks.ts";
export {
  type Fanout,
  type FanoutConsumer,
  type FanoutFunction,
  type FanoutQueue,
  fanoutOf,
} from "./fanoutOf.ts";
export { known } from "./known.ts";
export { receiversOf, type TestMessage } from "./receivers.ts";
