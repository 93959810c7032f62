"""Checks with clients that others use: each against a local cloud that runs already."""

import io
import json
import subprocess
import time
import uuid
import zipfile

import boto3
import pytest

ENDPOINT = boto3.client("sqs").meta.endpoint_url
ACCOUNT = "000000000000"


@pytest.fixture
def name():
    return f"check-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def role(name):
    """A role that functions may have, with the permissions to read queues."""
    iam = boto3.client("iam")
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))["Role"]["Arn"]
    actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage"]
    statement = {"Effect": "Allow", "Action": actions, "Resource": f"arn:aws:sqs:*:{ACCOUNT}:*"}
    iam.put_role_policy(RoleName=name, PolicyName="queues", PolicyDocument=policy(statement))
    return arn


def policy(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def archive(code):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as files:
        files.writestr("index.py", code)
    return buffer.getvalue()


def aws(*arguments):
    # For SQS, version 1 of the CLI does not read AWS_ENDPOINT_URL.
    command = ["aws", "--endpoint-url", ENDPOINT, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout.strip() else None


def received(sqs, url):
    messages = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20).get("Messages", [])
    assert len(messages) == 1
    return messages[0]


def queue_for_topic(sqs, sns, name):
    """A queue that a topic may send to, and does."""
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}"
    topic = sns.create_topic(Name=name)["TopicArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy(statement)})
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)["SubscriptionArn"]
    return url, topic, subscription


def test_boto3_creates_changes_and_deletes_a_fan_out(name):
    sqs, sns = boto3.client("sqs"), boto3.client("sns")
    url, topic, subscription = queue_for_topic(sqs, sns, name)
    sns.publish(TopicArn=topic, Message="hello")
    assert json.loads(received(sqs, url)["Body"])["Message"] == "hello"

    sns.set_subscription_attributes(
        SubscriptionArn=subscription, AttributeName="RawMessageDelivery", AttributeValue="true"
    )
    sns.publish(TopicArn=topic, Message="raw")
    assert received(sqs, url)["Body"] == "raw"

    sns.unsubscribe(SubscriptionArn=subscription)
    sns.delete_topic(TopicArn=topic)
    sqs.delete_queue(QueueUrl=url)
    assert topic not in [each["TopicArn"] for each in sns.list_topics()["Topics"]]
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.receive_message(QueueUrl=url)


def test_boto3_resources_and_waiters(name):
    bucket = boto3.resource("s3").create_bucket(Bucket=name)
    bucket.put_object(Key="a/b.txt", Body=b"text")
    assert [each.key for each in bucket.objects.all()] == ["a/b.txt"]
    bucket.objects.all().delete()
    bucket.delete()

    table = boto3.resource("dynamodb").create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()
    table.put_item(Item={"id": "1", "total": 3})
    assert table.get_item(Key={"id": "1"})["Item"] == {"id": "1", "total": 3}
    table.delete()
    table.wait_until_not_exists()


def test_boto3_creates_a_function_that_consumes_a_queue(name, role):
    sqs, functions = boto3.client("sqs"), boto3.client("lambda")
    answers = sqs.create_queue(QueueName=f"{name}-answers")["QueueUrl"]
    work = sqs.create_queue(QueueName=name)["QueueUrl"]
    code = (
        "import boto3, os\n"
        "def handler(event, context):\n"
        "    for record in event['Records']:\n"
        "        boto3.client('sqs').send_message(\n"
        "            QueueUrl=os.environ['ANSWERS'], MessageBody=record['body'].upper())\n"
    )
    functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Handler="index.handler",
        Role=role,
        Timeout=20,
        Code={"ZipFile": archive(code)},
        Environment={"Variables": {"ANSWERS": answers}},
    )
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    mapping = functions.create_event_source_mapping(
        EventSourceArn=f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}", FunctionName=name
    )["UUID"]
    sqs.send_message(QueueUrl=work, MessageBody="quiet")
    assert received(sqs, answers)["Body"] == "QUIET"

    functions.delete_event_source_mapping(UUID=mapping)
    functions.delete_function(FunctionName=name)
    with pytest.raises(functions.exceptions.ResourceNotFoundException):
        functions.get_function(FunctionName=name)


def test_aws_cli_commands(name, tmp_path):
    url = aws("sqs", "create-queue", "--queue-name", name)["QueueUrl"]
    aws("sqs", "send-message", "--queue-url", url, "--message-body", "from the shell")
    message = aws("sqs", "receive-message", "--queue-url", url)["Messages"][0]
    assert message["Body"] == "from the shell"
    aws("sqs", "delete-message", "--queue-url", url, "--receipt-handle", message["ReceiptHandle"])
    topic = aws("sns", "create-topic", "--name", name)["TopicArn"]
    assert aws("sns", "publish", "--topic-arn", topic, "--message", "hi")["MessageId"]
    assert aws("sts", "get-caller-identity")["Account"] == ACCOUNT

    file = tmp_path / "file.txt"
    file.write_text("text")
    subprocess.run(["aws", "s3", "mb", f"s3://{name}"], check=True, capture_output=True)
    subprocess.run(["aws", "s3", "cp", str(file), f"s3://{name}/"], check=True, capture_output=True)
    listed = aws("s3api", "list-objects-v2", "--bucket", name)
    assert [each["Key"] for each in listed["Contents"]] == ["file.txt"]
    subprocess.run(["aws", "s3", "rb", "--force", f"s3://{name}"], check=True, capture_output=True)


def test_aws_cli_creates_a_function(name, role, tmp_path):
    file = tmp_path / "code.zip"
    file.write_bytes(archive("def handler(event, context):\n    return event['n'] + 1\n"))
    create = ["--function-name", name, "--runtime", "python3.13", "--handler", "index.handler"]
    aws("lambda", "create-function", *create, "--role", role, "--zip-file", f"fileb://{file}")
    answer = tmp_path / "answer"
    payload = ["--cli-binary-format", "raw-in-base64-out", "--payload", '{"n": 41}']
    help_of = subprocess.run(["aws", "--version"], capture_output=True, text=True, check=True)
    if help_of.stdout.startswith("aws-cli/1"):
        payload = payload[2:]
    aws("lambda", "invoke", "--function-name", name, *payload, str(answer))
    assert json.loads(answer.read_text()) == 42


def kombu_url():
    return f"sqs://test:test@{ENDPOINT.removeprefix('http://')}"


def kombu_options(name):
    return {"region": "us-east-1", "is_secure": False, "queue_name_prefix": f"{name}-"}


def test_kombu_sends_and_receives(name):
    import kombu

    with kombu.Connection(kombu_url(), transport_options=kombu_options(name)) as connection:
        queue = connection.SimpleQueue("simple")
        queue.put({"number": 7})
        message = queue.get(timeout=20)
        assert message.payload == {"number": 7}
        message.ack()
        queue.close()
    url = boto3.client("sqs").get_queue_url(QueueName=f"{name}-simple")["QueueUrl"]
    count = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
    assert count["Attributes"]["ApproximateNumberOfMessagesNotVisible"] == "0"


def test_celery_worker_runs_tasks(name):
    import celery
    from celery.contrib.testing.worker import start_worker

    app = celery.Celery(name, broker=kombu_url(), backend="cache+memory://")
    app.conf.broker_transport_options = {**kombu_options(name), "wait_time_seconds": 1}
    app.conf.task_default_queue = "tasks"
    app.conf.worker_enable_remote_control = False
    done = []

    @app.task(name="check.add")
    def add(a, b):
        done.append(a + b)

    with start_worker(app, perform_ping_check=False, pool="solo", loglevel="WARNING"):
        add.delay(2, 3)
        end = time.monotonic() + 60
        while not done and time.monotonic() < end:
            time.sleep(0.1)
    assert done == [5]
