import type * as pulumi from "@pulumi/pulumi";
import { createdState, existingState, type MockedPlace, type MockedState } from "./awsState.ts";

export interface FanoutMocksArgs {
  /** 12 digits. @default "123456789012" */
  account?: string;
  /** The provider's region; resources with a region of their own are there. @default "us-east-1" */
  region?: string;
  /** Results of lookups, by token: `"aws:ec2/getVpc:getVpc"`. @default account, region and partition only */
  lookups?: Readonly<Record<string, (args: MockedState) => MockedState>>;
  /** Outputs of resources of a type, in addition to AWS's: `"aws:ec2/vpc:Vpc"`. @default none */
  outputs?: Readonly<Record<string, (inputs: MockedState, name: string) => MockedState>>;
}

/**
 * Mocks for `pulumi.runtime.setMocks` that return what AWS computes: ARNs, names and URLs. Generated names end
 * with `-1a2b3c4`.
 *
 * @example
 * await pulumi.runtime.setMocks(fanoutMocks({ region: "eu-west-1" }));
 *
 * @throws Error for a lookup that is not in `lookups`
 */
export function fanoutMocks(args: FanoutMocksArgs = {}): pulumi.runtime.Mocks {
  const { account = "123456789012", region = "us-east-1", outputs = {} } = args;
  const place = { account, region };
  const lookups = { ...ownLookups(place), ...args.lookups };
  return {
    newResource: ({ type, name, inputs, id }) => {
      const known = id ? existingState(place, type, id) : createdState(place, type, name, inputs);
      return { ...known, state: { ...known.state, ...outputs[type]?.(inputs, name) } };
    },
    call: ({ token, inputs }) => {
      const lookup = lookups[token];
      if (lookup === undefined) throw missing(token);
      return lookup(inputs);
    },
  };
}

/** Pulumi shows the `details` of an engine's error instead of its message. */
function missing(token: string): Error {
  const details = `the program calls ${token}; add its result to fanoutMocks({ lookups })`;
  return Object.assign(new Error(details), { details });
}

function ownLookups({ account, region }: MockedPlace): NonNullable<FanoutMocksArgs["lookups"]> {
  return {
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({
      id: account,
      accountId: account,
      arn: `arn:aws:iam::${account}:root`,
      userId: account,
    }),
    "aws:index/getRegion:getRegion": () => ({ id: region, name: region, region }),
    "aws:index/getPartition:getPartition": () => ({
      id: "aws",
      partition: "aws",
      dnsSuffix: "amazonaws.com",
      reverseDnsPrefix: "com.amazonaws",
    }),
  };
}
