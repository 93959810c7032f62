import {
  flag,
  list,
  listed,
  region,
  replaces,
  requiredReplaces,
  text,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import type { PropertyMap } from "../../../pulumi/values/propertyValue.ts";
import { lambdaTime } from "../lambdaTime.ts";
import type { LayerVersion } from "../layers.ts";
import { codeInputs, filesOf } from "./codeInputs.ts";

const inputs = {
  code: { ...codeInputs.code, ...replaces },
  compatibleArchitectures: listed(list(text(), replaces), "functions run on this machine"),
  compatibleRuntimes: listed(list(text(), replaces), "a layer is used with any runtime"),
  description: text(replaces),
  layerName: text(requiredReplaces),
  licenseInfo: text(replaces),
  region,
  s3Bucket: text(replaces),
  s3Key: text(replaces),
  s3ObjectVersion: text(replaces),
  skipDestroy: flag({ default: false }),
  sourceCodeHash: text({ computed: true, replaces: true }),
};

export const layerVersion = resourceType({
  type: "aws:lambda/layerVersion:LayerVersion",
  inputs,
  computed: [
    "arn",
    "codeSha256",
    "createdDate",
    "layerArn",
    "signingJobArn",
    "signingProfileVersionArn",
    "sourceCodeSize",
    "version",
  ],
  transient: true,
  create: async (cloud, given, making) => {
    const { layers } = cloud;
    const name = given.layerName;
    const arn = making.id(() => layers.nextArn(name));
    const version = Number(arn.slice(arn.lastIndexOf(":") + 1));
    return layers.publish({ name, version, files: await filesOf(cloud, given, making) }).arn;
  },
  delete: ({ layers }, arn, { skipDestroy }) => {
    if (!skipDestroy) layers.delete(arn);
  },
  read: ({ layers }, arn) => {
    const found = layers.find(arn);
    return found && describe(found);
  },
});

function describe({ arn, layerArn, name, version, code, created }: LayerVersion): PropertyMap {
  return {
    arn,
    layerArn,
    layerName: name,
    version: String(version),
    codeSha256: code.sha256,
    sourceCodeSize: code.size,
    createdDate: lambdaTime(created),
    signingJobArn: "",
    signingProfileVersionArn: "",
  };
}
