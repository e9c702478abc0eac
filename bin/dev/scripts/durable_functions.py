"""Has the emulator run durable functions however they are invoked.

MiniStack 1.5.33 keeps the history of durable executions and resumes them, but starts one only for a direct invocation of a function
whose DurableConfig has a property "Enabled", and answers it before the execution has ended. Its CloudFormation drops DurableConfig and
DeadLetterConfig. Here each invocation of a durable function starts an execution, as on AWS: events of all sources, and the caller gets the result
of the whole execution. A failed execution is not run again; the original event goes to the function's dead-letter queue.

Not as on AWS: an execution resumes with the newest code, not with the version that started it.
"""

import hashlib
import json
import time

from ministack.core.responses import new_uuid
from ministack.services import lambda_durable, lambda_svc
from ministack.services.cloudformation import provisioners

POLL_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 900

execute_once = lambda_svc._execute_function
create_function = provisioners._lambda_create
invoke_async = lambda_svc.invoke_async_with_retry
route_failure = lambda_svc._route_async_failure


def create(logical_id, props, stack_name):
    created = create_function(logical_id, props, stack_name)
    kept = {name: props[name] for name in ("DurableConfig", "DeadLetterConfig") if props.get(name)}
    if "DurableConfig" in kept:
        kept["DurableConfig"] = {name: int(value) for name, value in kept["DurableConfig"].items()}
    lambda_svc._functions[created[0]]["config"].update(kept)
    return created


def config_of(func):
    return func.get("config") or func


def is_durable(func):
    return bool(config_of(func).get("DurableConfig"))


def execute(func, event):
    if not is_durable(func):
        return execute_once(func, event)
    config = config_of(func)
    longest = config["DurableConfig"].get("ExecutionTimeout")
    record = lambda_durable.create_execution_for_invoke(
        function_arn=lambda_svc._func_arn(config["FunctionName"]),
        version=config.get("Version", "$LATEST"),
        input_payload=json.dumps(event),
        execution_timeout=longest,
    )
    arn = record["DurableExecutionArn"]
    first = take_step(func, record)
    deadline = time.time() + max(int(longest or 0), LONGEST_WAIT_SECONDS)
    while record["Status"] == "RUNNING" and time.time() < deadline:
        time.sleep(POLL_SECONDS)
    return result_of(record, first)


def take_step(func, record):
    """One invocation, which ends the execution or suspends it."""
    arn = record["DurableExecutionArn"]
    started = time.time()
    result = execute_once(
        func,
        {
            "DurableExecutionArn": arn,
            "CheckpointToken": record["CheckpointToken"],
            "InitialExecutionState": {
                "Operations": known(lambda_durable._serialize_operations(record["Operations"], for_event=True)),
                "NextMarker": "",
            },
        },
    )
    settle(arn, result, started)
    return result


def known(operations):
    """An operation without a name has no member for it: the SDK refuses null."""
    return [{name: value for name, value in each.items() if value is not None} for each in operations]


def resume(function_name, arn, _event):
    record = lambda_durable._executions.get(arn)
    func = lambda_svc._functions.get(lambda_svc._resolve_name(function_name))
    if record and func:
        take_step(func, record)


def settle(arn, result, started):
    lambda_durable.record_invocation_completed(
        arn, started, new_uuid(), result.get("body") if result.get("error") else None
    )
    answer = parsed(result.get("body"))
    status = answer.get("Status") if isinstance(answer, dict) else None
    if result.get("error"):
        lambda_durable.mark_execution_completed(arn, None, error_of(answer))
    elif status == "PENDING":
        lambda_durable.schedule_resume(arn)
    elif status == "SUCCEEDED":
        lambda_durable.mark_execution_completed(arn, answer.get("Result"), None)
    elif status == "FAILED":
        lambda_durable.mark_execution_completed(arn, None, error_of(answer.get("Error")))
    else:
        message = "Invalid Status in invocation output: the handler must be wrapped by the durable execution SDK"
        lambda_durable.mark_execution_completed(
            arn, None, {"ErrorType": "Runtime.InvalidOutput", "ErrorMessage": message}
        )


def error_of(body):
    error = parsed(body) if body else {}
    error = error if isinstance(error, dict) else {"errorMessage": str(error)}
    return {
        "ErrorType": error.get("ErrorType") or error.get("errorType") or "Error",
        "ErrorMessage": error.get("ErrorMessage") or error.get("errorMessage") or "",
    }


def parsed(body):
    if isinstance(body, (bytes, bytearray)):
        body = body.decode("utf-8", errors="replace")
    if isinstance(body, str):
        try:
            return json.loads(body)
        except ValueError:
            return body
    return body


def result_of(record, first):
    if record["Status"] == "SUCCEEDED":
        return {**first, "error": False, "body": parsed(record["Result"] or "null")}
    error = record["Error"] or {}
    return {
        **first,
        "error": True,
        "function_error": "Unhandled",
        "body": {
            "errorType": error.get("ErrorType") or record["Status"],
            "errorMessage": error.get("ErrorMessage") or "",
        },
    }


def invoke_once(func, event):
    """Lambda does not run a failed execution again."""
    if is_durable(func):
        own = func.get("event_invoke_config") or {}
        func = {**func, "event_invoke_config": {**own, "MaximumRetryAttempts": 0}}
    invoke_async(func, event)


def keep_failed(target_arn, func_name, event, result):
    """The dead-letter queue gets the event itself; the error is in attributes of the message."""
    func = lambda_svc._functions.get(func_name) or {}
    if not func or not is_durable(func):
        route_failure(target_arn, func_name, event, result)
        return
    from ministack.services import sqs

    queue = sqs._queue_by_arn(target_arn)
    if queue is None:
        return
    body = json.dumps(event)
    now = time.time()
    error = result.get("body") or {}
    role = hashlib.sha256(config_of(func).get("Role", "").encode()).hexdigest()[:17].upper()
    queue["messages"].append(
        {
            "id": new_uuid(),
            "body": body,
            "md5_body": hashlib.md5(body.encode()).hexdigest(),
            "md5_attrs": "",
            "receipt_handle": None,
            "sent_at": now,
            "visible_at": now + sqs.queue_delay(queue),
            "receive_count": 0,
            "first_receive_at": None,
            "message_attributes": {
                "RequestID": text(new_uuid()),
                "ErrorCode": {"DataType": "Number", "StringValue": "200"},
                "ErrorMessage": text(error.get("errorMessage") or "unknown"),
            },
            "sys": {"SenderId": f"AROA{role}:{func_name}", "SentTimestamp": str(int(now * 1000))},
            "group_id": None,
            "dedup_id": None,
            "dedup_cache_key": None,
            "seq": None,
        }
    )


def text(value):
    return {"DataType": "String", "StringValue": value}


def install():
    provisioners._lambda_create = create
    provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"]["create"] = create
    lambda_svc._execute_function = execute
    lambda_svc.invoke_durable_resume = resume
    lambda_svc.invoke_async_with_retry = invoke_once
    lambda_svc._route_async_failure = keep_failed
