"""Serves HTTP APIs and function URLs as AWS documents it, where MiniStack 1.5.33 does not.

Events of format 2.0 have the cookies in the field `cookies`, and no `pathParameters` without parameters. An API without a CORS
configuration hands OPTIONS requests to its routes. If the function fails, an HTTP API answers 500. The name of a greedy parameter does not
matter for the choice of the route. The length of a response is that of its body, whatever the function says.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

from contextvars import ContextVar

from ministack import app as gateway
from ministack.services import apigateway, lambda_svc

execute_route = apigateway._handle_execute_in_scope
match_route = apigateway._match_route
rank_route = apigateway._route_specificity
invoke_for_route = apigateway._invoke_lambda_proxy
run_function = lambda_svc._execute_function_with_config_scope
answer_of = lambda_svc.lambda_execute_result_to_api_proxy_response
stream_answer = lambda_svc._function_url_stream_response
send_response = gateway._send_response

in_http_api = ContextVar("in_http_api", default=False)


def run_with_event_of_aws(record, event):
    return run_function(record, as_on_aws(event))


def as_on_aws(event):
    about = event.get("requestContext") if isinstance(event, dict) and event.get("version") == "2.0" else None
    if not isinstance(about, dict) or "http" not in about:
        return event
    headers = dict(event.get("headers") or {})
    cookie = headers.pop("cookie", "")
    fixed = {**event, "headers": headers}
    if cookie:
        fixed["cookies"] = cookie.split("; ")
    if not fixed.get("pathParameters"):
        fixed.pop("pathParameters", None)
    http = {**about["http"], "method": about["http"]["method"].upper()}
    fixed["requestContext"] = {"domainPrefix": about.get("apiId"), **about, "http": http}
    return fixed


async def execute_with_options(api_id, stage, path, method, *others):
    """MiniStack answers each request whose method is `OPTIONS` itself; in small letters, it meets the routes."""
    has_cors = bool((apigateway._apis.get(api_id) or {}).get("corsConfiguration"))
    return await execute_route(api_id, stage, path, method if has_cors else method.replace("OPTIONS", "options"), *others)


def match_route_of_method(api_id, method, path):
    return match_route(api_id, method.upper(), path)


def rank_route_by_form(method, route_path):
    return rank_route(method, "/".join("{proxy+}" if it.endswith("+}") else it for it in route_path.split("/")))


async def invoke_in_http_api(*args, **named):
    token = in_http_api.set(True)
    try:
        return await invoke_for_route(*args, **named)
    finally:
        in_http_api.reset(token)


def answer_with_status_of_aws(result):
    answer, problem = answer_of(result)
    if in_http_api.get() and result.get("error") and answer and answer.get("statusCode") == 502:
        answer = {**answer, "statusCode": 500}
    return answer, problem


def answer_of_stream(result, cors_headers):
    """Our runtime hands a streamed response over as a whole."""
    body = result.get("body")
    if isinstance(body, dict) and "statusCode" in body and body.get("isBase64Encoded") is True:
        return lambda_svc._function_url_proxy_response(body, cors_headers)
    return stream_answer(result, cors_headers)


async def send_with_own_length(send, status, headers, body, *, head=False):
    size = len(body if isinstance(body, bytes) else body.encode("utf-8"))
    if not head:
        for name in [name for name in headers if name.lower() == "content-length" and str(headers[name]) != str(size)]:
            del headers[name]
    await send_response(send, status, headers, body, head=head)


def install():
    apigateway._handle_execute_in_scope = execute_with_options
    apigateway._match_route = match_route_of_method
    apigateway._route_specificity = rank_route_by_form
    apigateway._invoke_lambda_proxy = invoke_in_http_api
    lambda_svc._execute_function_with_config_scope = run_with_event_of_aws
    lambda_svc.lambda_execute_result_to_api_proxy_response = answer_with_status_of_aws
    lambda_svc._function_url_stream_response = answer_of_stream
    gateway._send_response = send_with_own_length
