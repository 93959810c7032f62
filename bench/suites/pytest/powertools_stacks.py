"""
Stands in for AWS CDK in the end-to-end tests of Powertools for AWS Lambda (Python): their stacks are
created through the endpoint, and their handlers and assertions stay as they are.
"""

import io
import json
import os
import pathlib
import sys
import sysconfig
import types
import uuid
import zipfile

import boto3

RUNTIME = f"python{sys.version_info.major}.{sys.version_info.minor}"

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}


class Stack:
    def __init__(self):
        self.outputs = {}
        self.deletions = []


class BaseInfrastructure:
    """The base of the tests' stacks."""

    def __init__(self):
        module = sys.modules[type(self).__module__]
        self.handlers = pathlib.Path(module.__file__).parent / "handlers"
        self.stack = Stack()

    def create_lambda_functions(self, function_props=None):
        """A function for each handler, with the outputs that the tests look for."""
        created = {}
        for file in sorted(self.handlers.glob("*.py")):
            function = Function(self.stack, file, **(function_props or {}))
            name = file.stem.title().replace("_", "")
            self.stack.outputs.update({name: function.name, f"{name}Arn": function.arn})
            created[name] = function
        return created

    def deploy(self):
        self.create_resources()
        return self.stack.outputs

    def delete(self):
        for delete in reversed(self.stack.deletions):
            delete()


class Function:
    def __init__(self, stack, file, environment=None, timeout=3):
        self.role = f"role-{uuid.uuid4().hex[:8]}"
        self.iam = boto3.client("iam")
        role = self.iam.create_role(RoleName=self.role, AssumeRolePolicyDocument=json.dumps(TRUST))
        lambda_ = boto3.client("lambda")
        self.name = f"{file.stem.replace('_', '-')}-{uuid.uuid4().hex[:8]}"
        created = lambda_.create_function(
            FunctionName=self.name,
            Role=role["Role"]["Arn"],
            Runtime=RUNTIME,
            Handler=f"{file.stem}.lambda_handler",
            Code={"ZipFile": zipped(file.parent)},
            Timeout=timeout,
            Environment={"Variables": {**layer(), **(environment or {})}},
        )
        self.arn = created["FunctionArn"]
        stack.deletions.append(lambda: lambda_.delete_function(FunctionName=self.name))

    def allow(self, actions, resource):
        statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        self.iam.put_role_policy(
            RoleName=self.role, PolicyName="table", PolicyDocument=json.dumps(policy)
        )


def zipped(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in sorted(folder.glob("*.py")):
            archive.write(file, file.name)
    return buffer.getvalue()


def layer():
    """In place of the layer with Powertools: the checkout, and the packages that it needs."""
    return {"PYTHONPATH": os.pathsep.join([os.getcwd(), sysconfig.get_path("purelib")])}


class Table:
    def __init__(self, stack, _id, partition_key, time_to_live_attribute, **_settings):
        self.table_name = f"table-{uuid.uuid4().hex[:8]}"
        dynamodb = boto3.client("dynamodb")
        named = {"TableName": self.table_name}
        name, kind = partition_key
        created = dynamodb.create_table(
            **named,
            KeySchema=[{"AttributeName": name, "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": kind}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.arn = created["TableDescription"]["TableArn"]
        dynamodb.get_waiter("table_exists").wait(**named)
        dynamodb.update_time_to_live(
            **named,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": time_to_live_attribute},
        )
        stack.deletions.append(lambda: dynamodb.delete_table(**named))

    def grant_read_write_data(self, function):
        operations = ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"]
        function.allow([f"dynamodb:{operation}" for operation in operations], self.arn)


def add_output(stack, name, value):
    stack.outputs[name] = value


class NoLayer:
    """The functions find the checkout by themselves."""

    def build(self):
        return ""


def call_once(task, **_fixtures):
    yield task()


def install():
    dynamodb = types.ModuleType("aws_cdk.aws_dynamodb")
    dynamodb.Table = Table
    dynamodb.Attribute = lambda name, type: (name, type)
    dynamodb.AttributeType = types.SimpleNamespace(STRING="S")
    dynamodb.BillingMode = types.SimpleNamespace(PAY_PER_REQUEST="PAY_PER_REQUEST")
    cdk = types.ModuleType("aws_cdk")
    cdk.aws_dynamodb = dynamodb
    cdk.CfnOutput = add_output
    cdk.Duration = types.SimpleNamespace(seconds=int)
    cdk.RemovalPolicy = types.SimpleNamespace(DESTROY="DESTROY")
    infrastructure = types.ModuleType("tests.e2e.utils.infrastructure")
    infrastructure.BaseInfrastructure = BaseInfrastructure
    infrastructure.call_once = call_once
    powertools_layer = types.ModuleType("tests.e2e.utils.lambda_layer.powertools_layer")
    powertools_layer.LocalLambdaPowertoolsLayer = NoLayer
    for module in (cdk, dynamodb, infrastructure, powertools_layer):
        sys.modules[module.__name__] = module
