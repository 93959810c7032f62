import * as pulumi from "@pulumi/pulumi";

/** The resource types that the component uses, with the outputs that it reads. */

type Args = pulumi.Inputs;
type Options = pulumi.CustomResourceOptions;

export class RestApi extends pulumi.CustomResource {
  declare readonly executionArn: pulumi.Output<string>;

  constructor(name: string, args: Args, options: Options) {
    super("aws:apigateway/restApi:RestApi", name, { ...args, executionArn: undefined }, options);
  }
}

export class Deployment extends pulumi.CustomResource {
  constructor(name: string, args: Args, options: Options) {
    super("aws:apigateway/deployment:Deployment", name, args, options);
  }
}

export class Stage extends pulumi.CustomResource {
  declare readonly invokeUrl: pulumi.Output<string>;

  constructor(name: string, args: Args, options: Options) {
    super("aws:apigateway/stage:Stage", name, { ...args, invokeUrl: undefined }, options);
  }
}

export class Permission extends pulumi.CustomResource {
  constructor(name: string, args: Args, options: Options) {
    super("aws:lambda/permission:Permission", name, args, options);
  }
}

export class Role extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;

  constructor(name: string, args: Args, options: Options) {
    super("aws:iam/role:Role", name, { ...args, arn: undefined }, options);
  }
}

export class RolePolicyAttachment extends pulumi.CustomResource {
  constructor(name: string, args: Args, options: Options) {
    super("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name, args, options);
  }
}

export class BucketObject extends pulumi.CustomResource {
  constructor(name: string, args: Args, options: Options) {
    super("aws:s3/bucketObject:BucketObject", name, args, options);
  }
}

export class Bucket extends pulumi.CustomResource {
  declare readonly bucket: pulumi.Output<string>;

  constructor(name: string, args: Args, options: Options) {
    super("aws:s3/bucket:Bucket", name, { bucket: undefined, ...args }, options);
  }
}

export class LambdaFunction extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly invokeArn: pulumi.Output<string>;

  constructor(name: string, args: Args, options: Options) {
    super(
      "aws:lambda/function:Function",
      name,
      { ...args, arn: undefined, invokeArn: undefined },
      options,
    );
  }
}

/** Lets the SDK make resources of the references that the component is passed. */
export function registerReferences(): void {
  const references = [
    { module: "lambda/function", make: LambdaFunction },
    { module: "s3/bucket", make: Bucket },
  ];
  for (const { module, make } of references) {
    pulumi.runtime.registerResourceModule("aws", module, {
      construct: (name, _type, urn) => new make(name, {}, { urn }),
    });
  }
}
