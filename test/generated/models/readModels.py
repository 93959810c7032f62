"""Prints constraints of AWS's API models, as botocore packages them, for awsModels.json.

In an environment of Python's that has botocore (`pip install botocore`):

python3 test/generated/models/readModels.py > test/generated/models/awsModels.json
"""

import json

import botocore
import botocore.session

SHAPES = {
    "cloudwatch": ["AlarmDescription", "AlarmName", "ResourceList"],
    "iam": ["policyNameType", "roleDescriptionType", "roleNameType", "tagKeyType", "tagValueType"],
    "kms": ["DescriptionType", "PendingWindowInDaysType", "PolicyType"],
    "lambda": [
        "BatchSize",
        "Description",
        "EnvironmentVariableName",
        "Handler",
        "MaximumBatchingWindowInSeconds",
        "MaximumConcurrency",
        "MaximumEventAgeInSeconds",
        "MaximumNumberOfPollers",
        "MaximumRetryAttempts",
        "MemorySize",
        "MinimumNumberOfPollers",
        "ReservedConcurrentExecutions",
        "StatementId",
        "Timeout",
    ],
    "logs": ["LogGroupName", "TagKey", "TagValue"],
    "s3": ["Event"],
    "sns": ["TagKey", "TagValue"],
    "xray": ["PolicyName"],
}


def constraints(service, name):
    metadata = session.get_service_model(service).shape_for(name).metadata
    return {key: metadata[key] for key in ("min", "max", "pattern", "enum") if key in metadata}


session = botocore.session.get_session()
shapes = {
    f"{service}.{name}": constraints(service, name)
    for service, names in SHAPES.items()
    for name in names
}
print(json.dumps({"botocore": botocore.__version__, "shapes": shapes}, indent=2))
