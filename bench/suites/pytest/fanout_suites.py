"""A pytest plugin for suites that run against Fanout's local cloud."""

import fnmatch
import json
import os
import pathlib
import re
import socket
import sys
import types
import urllib.parse
import uuid

import boto3
import botocore.client
import botocore.exceptions
import pytest
from botocore.config import Config

SUITE = os.environ["FANOUT_SUITE"]
DIFFERENCES = json.loads(
    (pathlib.Path(__file__).parent.parent / "differences.json").read_text()
).get(SUITE, [])

# The tests to run; all of them without it.
WANTED = json.loads(os.environ.get("FANOUT_SUITES_TESTS", "null"))


def client_fixture(service):
    @pytest.fixture(scope="session", name=service)
    def client():
        return boto3.client(service, config=Config(retries={"mode": "standard"}))

    return client


def sqs_policy_allow_sns(queue, topic):
    return allowing("sns.amazonaws.com", queue, {"ArnEquals": {"aws:SourceArn": topic}})


def sqs_policy_allow_s3(queue, bucket, account):
    source = {"ArnLike": {"aws:SourceArn": f"arn:aws:s3:::{bucket}"}}
    return allowing(
        "s3.amazonaws.com", queue, {**source, "StringEquals": {"aws:SourceAccount": account}}
    )


def allowing(service, queue, condition):
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": condition,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def only_in_process(*_arguments, **_options):
    pytest.skip("calls MiniStack's code, and no endpoint")


class AbsentType(type):
    def __getattr__(cls, name):
        return absent(name)


class Absent(types.ModuleType):
    """A package that few tests of a file need, and that is not installed."""

    def __getattr__(self, name):
        return absent(name)


def absent(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return AbsentType(name, (), {})


# In the code of functions that sign URLs for S3.
LOCALSTACK_S3 = "http://s3.localhost.localstack.cloud:4566"


def with_endpoint_in_code(zip_folder):
    """Functions of the tests call the endpoint by LocalStack's name, which is none of this machine's."""
    endpoint = os.environ["AWS_ENDPOINT_URL"]

    def zipped(folder, *rest, **options):
        for file in [*pathlib.Path(folder).glob("*.js"), *pathlib.Path(folder).glob("*.mjs")]:
            code = file.read_text()
            address = urllib.parse.urlsplit(endpoint)
            file.write_text(code.replace(LOCALSTACK_S3, f"http://s3.localhost:{address.port}"))
        return zip_folder(folder, *rest, **options)

    return zipped


def to_this_machine(resolve):
    """Names of buckets and of LocalStack's host are this machine, and LocalStack's port is the endpoint's."""
    endpoint_port = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"]).port

    def resolved(host, port=None, *rest, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if not re.fullmatch(r"(.+\.)?localhost(\.localstack\.cloud)?", str(name)):
            return resolve(host, port, *rest, **options)
        port = endpoint_port if port == 4566 else port
        return resolve("127.0.0.1", port, *rest, **options)

    return resolved


if SUITE.startswith("localstack"):
    # Deployments by CloudFormation, and a consumer of Kinesis in Java.
    for name in ("aws_cdk", "amazon_kclpy", "amazon_kclpy.v2"):
        sys.modules[name] = Absent(name)
    socket.getaddrinfo = to_this_machine(socket.getaddrinfo)

if SUITE == "localstack-s3":
    import localstack.constants

    localstack.constants.LOCALHOST_HOSTNAME = "localhost"

    import localstack.utils.testutil

    localstack.utils.testutil.create_zip_file = with_endpoint_in_code(
        localstack.utils.testutil.create_zip_file
    )

if SUITE == "ministack":
    # The package carries its tests without the conftest that they import.
    sys.modules["conftest"] = types.SimpleNamespace(
        REGION="us-east-1",
        inprocess_iam_user=only_in_process,
        routed_request=only_in_process,
        sqs_policy_allow_s3=sqs_policy_allow_s3,
        sqs_policy_allow_sns=sqs_policy_allow_sns,
    )
    sqs, sns, s3, sts = map(client_fixture, ["sqs", "sns", "s3", "sts"])
    kms, logs, iam = map(client_fixture, ["kms", "logs", "iam"])

    @pytest.fixture(scope="session")
    def lam():
        return boto3.client("lambda")

    @pytest.fixture(scope="session")
    def ddb():
        return boto3.client("dynamodb")


if SUITE == "powertools-python":
    import powertools_stacks

    powertools_stacks.install()

if SUITE == "moto":
    import moto.core

    moto.core.DEFAULT_ACCOUNT_ID = "000000000000"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Leaves out of recorded answers what differences.json names."""
    snapshot = item.funcargs.get("snapshot") if hasattr(item, "funcargs") else None
    if snapshot is not None:
        paths = [path for each in differences_of(item) for path in each.get("paths", [])]
        patterns = [each["strip"] for each in differences_of(item) if "strip" in each]
        compare = snapshot._assert_all

        def compare_rest(verify=True, skipped=None):
            for pattern in patterns:
                snapshot.recorded_state = stripped(snapshot.recorded_state, pattern)
            snapshot.observed_state = spelled_as(snapshot.recorded_state, snapshot.observed_state)
            # LocalStack leaves out what it does not answer as AWS does.
            if SUITE == "localstack-s3":
                verify, skipped = True, []
            return compare(verify, [*(skipped or []), *paths])

        snapshot._assert_all = compare_rest
    return (yield)


def name_of(item):
    """As reports name it: by its class, or else by its file."""
    return f"{item.cls.__name__ if item.cls else item.path.stem}::{item.name}"


def differences_of(item):
    name = "::".join(filter(None, [item.cls.__name__ if item.cls else "", item.name]))
    return [
        each for each in DIFFERENCES if any(matches(pattern, name) for pattern in each["tests"])
    ]


def spelled_as(recorded, observed):
    """What was observed, with the names of headers as they were recorded: their case means nothing."""
    spelling = {name.lower(): name for headers in headers_in(recorded) for name in headers}
    for headers in headers_in(observed):
        renamed = {spelling.get(name.lower(), name): value for name, value in headers.items()}
        headers.clear()
        headers.update(renamed)
    return observed


def headers_in(value):
    """The headers of every reply in a value."""
    if isinstance(value, list):
        return [headers for each in value for headers in headers_in(each)]
    if not isinstance(value, dict):
        return []
    own = [value["Headers"]] if isinstance(value.get("Headers"), dict) else []
    return [*own, *headers_in(list(value.values()))]


def stripped(value, pattern):
    """The value without the texts that match the pattern."""
    if isinstance(value, dict):
        return {key: stripped(each, pattern) for key, each in value.items()}
    if isinstance(value, list):
        return [stripped(each, pattern) for each in value]
    return re.sub(pattern, "", value) if isinstance(value, str) else value


def matches(pattern, name):
    """Only the asterisk is special: names of tests hold brackets."""
    return fnmatch.fnmatchcase(name, pattern.replace("[", "[[]"))


def pytest_collection_modifyitems(items):
    """Where the endpoint is not taken for AWS, LocalStack would run tests of its own, too."""
    if SUITE == "localstack-s3":
        items[:] = [item for item in items if not item.get_closest_marker("aws_only_localstack")]
    if WANTED is not None:
        items[:] = [item for item in items if name_of(item) in WANTED]


def pytest_runtest_setup(item):
    """moto's tests expect an empty account; its server has a call for that, AWS does not."""
    if SUITE == "moto":
        RENAMED.clear()
        empty_account()


RENAMED = {}
CALL = botocore.client.BaseClient._make_api_call


def call_with_free_names(client, operation, parameters):
    """
    moto's tests create queues of the same names one after another. On AWS a name is free a minute after
    the queue was deleted: until then these tests get another name.
    """
    name = parameters.get("QueueName")
    if operation == "GetQueueUrl" and name in RENAMED:
        parameters = {**parameters, "QueueName": RENAMED[name]}
    try:
        return CALL(client, operation, parameters)
    except botocore.exceptions.ClientError as error:
        if operation != "CreateQueue" or "QueueDeletedRecently" not in str(error):
            raise
        base, fifo, _ = name.partition(".fifo")
        RENAMED[name] = f"{base}-{uuid.uuid4().hex[:8]}{fifo}"
        return CALL(client, operation, {**parameters, "QueueName": RENAMED[name]})


if SUITE == "moto":
    botocore.client.BaseClient._make_api_call = call_with_free_names


def empty_account():
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    sqs = boto3.client("sqs", endpoint_url=endpoint)
    for url in sqs.list_queues().get("QueueUrls", []):
        sqs.delete_queue(QueueUrl=url)
    sns = boto3.client("sns", endpoint_url=endpoint)
    for topic in sns.list_topics()["Topics"]:
        sns.delete_topic(TopicArn=topic["TopicArn"])
    for subscription in sns.list_subscriptions()["Subscriptions"]:
        if subscription["SubscriptionArn"].startswith("arn:"):
            sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
