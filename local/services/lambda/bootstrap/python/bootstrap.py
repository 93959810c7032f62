"""What runs in an execution environment of a Python function: loads the handler once, then calls it for one
invocation after the other. It ends when the local cloud closes the channel. Frames are those of ../frames.ts.

https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

import decimal
import importlib
import json
import logging
import os
import resource
import signal
import struct
import sys
import threading
import time
import traceback

FRAMES = 3
LIFELINE = 4
KINDS = ["invocation", "log", "response", "error", "next"]
HEAD = struct.Struct(">BI")


def send(kind, text):
    body = text.encode("utf-8", "backslashreplace")
    data = memoryview(HEAD.pack(KINDS.index(kind), len(body)) + body)
    while data:
        data = data[os.write(FRAMES, data) :]


def receive():
    """Waits for the next invocation; None when the local cloud has closed its end."""
    head = read_exactly(HEAD.size)
    if head is None:
        return None
    _, length = HEAD.unpack(head)
    return read_exactly(length).decode("utf-8")


def read_exactly(length):
    data = bytearray()
    while len(data) < length:
        chunk = os.read(FRAMES, length - len(data))
        if not chunk:
            return None
        data += chunk
    return data


def end_with_parent():
    """Ends this process as soon as the local cloud is gone, even one in an endless loop."""

    def watch():
        while os.read(LIFELINE, 1):
            pass
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


class Log:
    """A text stream that goes to the invocation's log as it is written."""

    encoding = "utf-8"

    def write(self, text):
        if text:
            send("log", text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True


class LogHandler(logging.Handler):
    def emit(self, record):
        send("log", self.format(record))


request_id = ""


def capture_output():
    """https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html"""
    sys.stdout = Log()
    sys.stderr = Log()
    logging.Formatter.converter = time.gmtime
    handler = LogHandler()
    handler.setFormatter(
        logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n",
            "%Y-%m-%dT%H:%M:%S",
        )
    )
    handler.addFilter(with_request_id)
    logging.getLogger().addHandler(handler)


def with_request_id(record):
    record.aws_request_id = request_id
    return True


class RuntimeFault(Exception):
    """An error that the runtime itself finds, not the handler."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.error_type = "Runtime." + error_type
        self.trace = trace or []


def load_handler(setting):
    module_name, separator, name = setting.rpartition(".")
    if not separator:
        raise RuntimeFault(
            "MalformedHandlerName",
            f"Bad handler '{setting}': not enough values to unpack (expected 2, got 1)",
        )
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise RuntimeFault(
            "BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module"
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise RuntimeFault(
            "ImportModuleError", f"Unable to import module '{module_name}': {error}{advice(error)}"
        )
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise RuntimeFault(
            "UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace
        )
    if not hasattr(module, name):
        raise RuntimeFault("HandlerNotFound", f"Handler '{name}' missing on module '{module_name}'")
    return getattr(module, name)


def advice(error):
    """Lambda's Python runtimes have the AWS SDK; here it is that of the Python on PATH."""
    if error.name is None or error.name.split(".")[0] not in ("boto3", "botocore"):
        return ""
    return (
        ". Lambda's runtime has this package. The local run takes it from the python3 on PATH: "
        f"{sys.executable} -m pip install boto3"
    )


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Context:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    def __init__(self, head):
        environment = os.environ
        self.aws_request_id = head["requestId"]
        self.invoked_function_arn = head["functionArn"]
        self.function_name = environment["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environment["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environment["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = environment["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = None
        self.identity = Identity()
        self.tenant_id = None
        self._deadline = head["deadline"]

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


def plain(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def marshal(result):
    try:
        return json.dumps(result, default=plain, ensure_ascii=False)
    except Exception as error:
        raise RuntimeFault("MarshalError", f"Unable to marshal response: {error}")


def error_document(error):
    if isinstance(error, RuntimeFault):
        error_type, trace = error.error_type, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if frame.filename != __file__]
        while own and own[0].filename.startswith("<frozen importlib"):
            own.pop(0)
        error_type, trace = type(error).__name__, traceback.format_list(own)
    return {
        "errorMessage": str(error),
        "errorType": error_type,
        "requestId": request_id,
        "stackTrace": trace,
    }


def fail(error):
    document = error_document(error)
    message = f": {document['errorMessage']}" if document["errorMessage"] else ""
    lines = [f"[ERROR] {document['errorType']}{message}", "Traceback (most recent call last):"]
    for frame in document["stackTrace"]:
        lines += frame.splitlines()
    send("log", "\n".join(lines) + "\n")
    send("error", json.dumps(document))


def run(handler, text):
    global request_id
    head_text, _, event = text.partition("\n")
    head = json.loads(head_text)
    request_id = head["requestId"]
    os.environ["_X_AMZN_TRACE_ID"] = head["traceHeader"]
    try:
        send("response", marshal(handler(json.loads(event), Context(head))))
    except Exception as error:
        fail(error)


def peak_memory():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main():
    end_with_parent()
    capture_output()
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        fail(error)
        sys.exit(1)
    while True:
        send("next", str(peak_memory()))
        text = receive()
        if text is None:
            return
        run(handler, text)


if __name__ == "__main__":
    main()
