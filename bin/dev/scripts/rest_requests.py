"""Serves requests to REST APIs as they were deployed, and maps them to services as AWS documents it.

MiniStack 1.5.33 serves a changed method without a deployment, and a removed one not at all. AWS serves what the stage's deployment
contained. It ignores request validators that are resources of their own, and its mapping templates know neither the places of
parameters (`$input.params().header`), nor `#if`, nor `$context.requestId`.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

import copy
import json
import re
from contextvars import ContextVar
from uuid import uuid4

from ministack.services import apigateway_v1 as api
from ministack.services.cloudformation import provisioners

IF_UNSET = re.compile(r"#if\(!\$(\w+)\)(.*?)#end", re.DOTALL)

create_deployment = api._create_deployment
execute = api._execute_in_scope
match_resource = api._match_resource_tree
match_greedy = api._match_greedy_fallback
call_queue = api._invoke_sqs_v1
render_template = api._render_request_template_v1
render = api._vtl_render
create_method = provisioners._apigw_method_create
create_validator = provisioners._apigw_request_validator_create

served = ContextVar("served", default=None)
places = ContextVar("places", default=None)


def deploy(api_id, data):
    """Keeps the methods of a deployment beside those that are edited."""
    answer = create_deployment(api_id, data)
    if answer[0] < 400:
        deployment = json.loads(answer[2])["id"]
        api._resources[kept_as(api_id, deployment)] = copy.deepcopy(api._resources[api_id])
    return answer


def kept_as(api_id, deployment):
    return f"{api_id}@{deployment}"


async def execute_deployed(request, api_id, stage_name, *others):
    stage = api._stages_v1.get(api_id, {}).get(stage_name) or {}
    token = served.set(kept_as(api_id, stage.get("deploymentId")))
    try:
        return await execute(request, api_id, stage_name, *others)
    finally:
        served.reset(token)


def in_deployment(match):
    def matching(api_id, *others):
        kept = served.get()
        return match(kept if kept in api._resources else api_id, *others)

    return matching


async def call_queue_with_places(integration, api_id, stage_name, stage, resource, request_path, method,
                                 headers, body, query_params, path_params, **named):
    token = places.set({
        "path": path_params or {},
        "querystring": {name: values[0] for name, values in (query_params or {}).items()},
        "header": headers or {},
        "requestId": str(uuid4()),
    })
    try:
        return await call_queue(integration, api_id, stage_name, stage, resource, request_path, method,
                                headers, body, query_params, path_params, **named)
    finally:
        places.reset(token)


def render_with_places(template, body_str, params_map, context=None):
    known = dict(places.get() or {})
    request_id = known.pop("requestId", "")
    return render_template(template, body_str, {**params_map, **known}, {**(context or {}), "requestId": request_id})


def render_with_conditions(text, state):
    """`#if(!$x)…#end`, the one condition of our templates for requests."""
    parts, at = [], 0
    for found in IF_UNSET.finditer(text):
        parts.append(render(text[at:found.start()], state))
        if not state["vars"].get(found[1]):
            parts.append(render(found[2], state))
        at = found.end()
    return "".join([*parts, render(text[at:], state)])


def create_validated_method(logical_id, props, stack_name):
    created = create_method(logical_id, props, stack_name)
    methods = api._resources[props["RestApiId"]][props["ResourceId"]]["resourceMethods"]
    methods[props.get("HttpMethod", "ANY")]["requestValidatorId"] = props.get("RequestValidatorId")
    return created


def create_real_validator(logical_id, props, stack_name):
    created = create_validator(logical_id, props, stack_name)
    keep_validator(created[0], props)
    return created


def update_real_validator(physical_id, old_props, new_props, stack_name):
    updated = provisioners._apigw_request_validator_update(physical_id, old_props, new_props, stack_name)
    keep_validator(updated[0], new_props)
    return updated


def keep_validator(validator_id, props):
    api._request_validators.setdefault(props["RestApiId"], {})[validator_id] = {
        "id": validator_id,
        "name": props.get("Name", ""),
        "validateRequestBody": str(props.get("ValidateRequestBody", False)).lower() == "true",
        "validateRequestParameters": str(props.get("ValidateRequestParameters", False)).lower() == "true",
    }


def install():
    api._create_deployment = deploy
    api._execute_in_scope = execute_deployed
    api._match_resource_tree = in_deployment(match_resource)
    api._match_greedy_fallback = in_deployment(match_greedy)
    api._invoke_sqs_v1 = call_queue_with_places
    api._render_request_template_v1 = render_with_places
    api._vtl_render = render_with_conditions
    provisioners._apigw_method_create = create_validated_method
    handlers = provisioners._RESOURCE_HANDLERS
    handlers["AWS::ApiGateway::Method"]["create"] = create_validated_method
    handlers["AWS::ApiGateway::RequestValidator"].update(create=create_real_validator, update=update_real_validator)
