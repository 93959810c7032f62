/** Pulumi's names of the types that rules speak of. */
export const topic = "aws:sns/topic:Topic";
export const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";
export const queue = "aws:sqs/queue:Queue";
export const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";
export const bucket = "aws:s3/bucket:Bucket";
export const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
export const table = "aws:dynamodb/table:Table";
export const key = "aws:kms/key:Key";
export const keyPolicy = "aws:kms/keyPolicy:KeyPolicy";
export const lambdaFunction = "aws:lambda/function:Function";
export const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";
export const logGroup = "aws:cloudwatch/logGroup:LogGroup";
export const role = "aws:iam/role:Role";
export const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
export const managedPolicy = "aws:iam/policy:Policy";
export const policyAttachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
