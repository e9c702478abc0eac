"""Has `serverless-app dev` run the functions: it rebuilds their sources when they change, and keeps a process for each.

MiniStack forwards single functions itself (MINISTACK_LAMBDA_PROXY_URL), but tells the other side neither the function's environment nor
its credentials, and takes over neither the log nor the kind of an error. This hands over all of it, in one request an invocation.
"""

import json
import os
import time
from http.client import HTTPConnection
from urllib.parse import parse_qs

from ministack import app as gateway
from ministack.core import lambda_runtime
from ministack.core.lambda_runtime import execution_credentials
from ministack.services import lambda_svc

CONTROL_PATH = "/_serverless_app/iam"
NOT_OURS = 421

dispatch_here = lambda_svc._execute_function_dispatch
serve = gateway.app


def dispatch(func, config, event, request_id, started):
    result = run_elsewhere(config, event, request_id)
    if result is None:
        return dispatch_here(func, config, event, request_id, started)
    took = int((time.time() - started) * 1000)
    lambda_svc._emit_lambda_logs(func, request_id, result.get("log", ""), bool(result.get("error")), took)
    return result


def run_elsewhere(config, event, request_id):
    account, region = lambda_svc._account_region_from_function_config(config)
    logging = config.get("LoggingConfig") or {}
    asked = {
        "functionName": config.get("FunctionName"),
        "functionArn": config.get("FunctionArn"),
        "version": config.get("Version", "$LATEST"),
        "requestId": request_id,
        "timeoutSeconds": int(config.get("Timeout") or 3),
        "memoryMb": int(config.get("MemorySize") or 128),
        "logFormat": logging.get("LogFormat", "Text"),
        "logLevel": logging.get("ApplicationLogLevel", "INFO"),
        "logGroup": logging.get("LogGroup") or f"/aws/lambda/{config.get('FunctionName')}",
        "traceId": lambda_svc._xray_trace_id_for_invocation(config),
        "environment": {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
            **lambda_svc._runtime_env_vars(config),
            **execution_credentials(config),
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
        },
        "event": event,
    }
    host, port = os.environ["SERVERLESS_APP_FUNCTIONS"].split(":")
    connection = HTTPConnection(host, int(port))
    try:
        connection.request("POST", "/", json.dumps(asked), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
    except OSError as error:
        return {"body": {"errorType": "Runtime.Unknown", "errorMessage": f"serverless-app dev has ended: {error}"}, "error": True}
    finally:
        connection.close()
    return None if answer.status == NOT_OURS else json.loads(body)


class DispatchedWorker:
    """In place of the process that MiniStack runs the functions of a WebSocket API in, past everything that other events go through."""

    def __init__(self, config, code_zip):
        self.func = {"config": config, "code_zip": code_zip}

    def invoke(self, event, _request_id):
        ran = lambda_svc._execute_function(self.func, event)
        answer = failure_answer(event) if ran.get("error") else lambda_svc.lambda_execute_result_to_api_proxy_response(ran)[0]
        return {"status": "success", "result": answer}


def failure_answer(event):
    """What API Gateway sends to the client if the function fails."""
    context = event["requestContext"]
    told = {name: context.get(name) for name in ("connectionId", "requestId")}
    return {"statusCode": 500, "body": json.dumps({"message": "Internal server error", **told})}


def dispatched_worker(_name, config, code_zip, qualifier="$LATEST"):
    return DispatchedWorker(config, code_zip)


async def serve_and_switch(scope, receive, send):
    """Requests meet the bucket and queue policies that require TLS. IAM is enforced only once the CDK has deployed, which it could not."""
    if scope["type"] == "http":
        if scope["path"] == CONTROL_PATH:
            gateway.AUTH = parse_qs(scope["query_string"].decode()).get("enforce") == ["true"]
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        if os.environ.get("SERVERLESS_APP_TLS") == "1":
            scope = {**scope, "headers": [*scope["headers"], (b"x-forwarded-proto", b"https")]}
    await serve(scope, receive, send)


def install():
    lambda_svc._execute_function_dispatch = dispatch
    lambda_runtime.get_or_create_worker = dispatched_worker
    gateway.app = serve_and_switch
