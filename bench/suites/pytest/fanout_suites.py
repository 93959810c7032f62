"""A pytest plugin for suites that run against Fanout's local cloud."""

import fnmatch
import json
import os
import pathlib

import boto3
import pytest
from botocore.config import Config

SUITE = os.environ["FANOUT_SUITE"]
DIFFERENCES = json.loads(
    (pathlib.Path(__file__).parent.parent / "differences.json").read_text()
).get(SUITE, [])


def client_fixture(service):
    @pytest.fixture(scope="session", name=service)
    def client():
        return boto3.client(service, config=Config(retries={"mode": "standard"}))

    return client


if SUITE == "ministack":
    # The tests of the package come without their conftest.
    sqs, sns, s3, sts = map(client_fixture, ["sqs", "sns", "s3", "sts"])
    kms, logs, iam = map(client_fixture, ["kms", "logs", "iam"])

    @pytest.fixture(scope="session")
    def lam():
        return boto3.client("lambda")

    @pytest.fixture(scope="session")
    def ddb():
        return boto3.client("dynamodb")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Leaves out the paths of recorded answers that differences.json names."""
    snapshot = item.funcargs.get("snapshot") if hasattr(item, "funcargs") else None
    paths = ignored_paths(item)
    if snapshot is not None and paths:
        compare = snapshot._assert_all
        snapshot._assert_all = lambda verify=True, skipped=None: compare(
            True, [*(skipped or []), *paths]
        )
    return (yield)


def ignored_paths(item):
    name = "::".join(filter(None, [item.cls.__name__ if item.cls else "", item.name]))
    return [
        path
        for difference in DIFFERENCES
        if any(matches(pattern, name) for pattern in difference["tests"])
        for path in difference.get("paths", [])
    ]


def matches(pattern, name):
    """Only the asterisk is special: names of tests hold brackets."""
    return fnmatch.fnmatchcase(name, pattern.replace("[", "[[]"))


def pytest_runtest_setup(item):
    """moto's tests expect an empty account; its server has a call for that, AWS does not."""
    if SUITE == "moto":
        empty_account()


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
