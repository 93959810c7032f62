import { account, formatArn } from "../../../arn.ts";
import {
  anything,
  region,
  replaces,
  required,
  tags,
  text,
} from "../../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../../provider/declaration/resourceType.ts";

/** Containers and their images: accepted, with their effect on AWS only. */
export const containers: readonly ResourceType[] = [
  listedType({
    type: "aws:ecr/repository:Repository",
    listed: "the local cloud has no containers",
    inputs: {
      encryptionConfigurations: anything({ computed: true }),
      forceDelete: anything({ computed: true }),
      imageScanningConfiguration: anything({ computed: true }),
      imageTagMutability: anything({ computed: true }),
      imageTagMutabilityExclusionFilters: anything({ computed: true }),
      name: text(replaces),
      region,
      tags,
    },
    name: { input: "name", maximum: 128 },
    computed: ["arn", "registryId", "repositoryUrl"],
    outputs: (cloud, id) => ({
      arn: formatArn("ecr", cloud.region, `repository/${id}`),
      registryId: account,
      repositoryUrl: `${account}.dkr.ecr.${cloud.region}.amazonaws.com/${id}`,
    }),
  }),
  listedType({
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    listed: "the local cloud has no containers",
    inputs: {
      policy: anything(required),
      region,
      repository: anything(required),
    },
    computed: ["registryId"],
    outputs: () => ({ registryId: account }),
  }),
  listedType({
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    listed: "the local cloud has no containers",
    inputs: {
      policy: anything(required),
      region,
      repository: anything(required),
    },
    computed: ["registryId"],
    outputs: () => ({ registryId: account }),
  }),
  listedType({
    type: "aws:ecs/cluster:Cluster",
    listed: "the local cloud has no containers",
    inputs: {
      configuration: anything({ computed: true }),
      name: text(replaces),
      region,
      serviceConnectDefaults: anything({ computed: true }),
      settings: anything({ computed: true }),
      tags,
    },
    name: { input: "name", maximum: 128 },
    computed: ["arn"],
    outputs: (cloud, id) => ({ arn: formatArn("ecs", cloud.region, `cluster/${id}`) }),
  }),
];
