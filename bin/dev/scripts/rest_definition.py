"""Imports the definition of a REST API (`Body` of AWS::ApiGateway::RestApi) completely, as AWS documents it.

MiniStack 1.5.33 reads paths, integrations and authorizers of a definition, but no method for any verb, no models, validators and
parameters, no templates and responses of integrations, and no gateway responses. It also replaces the API when the definition
changes, where AWS keeps it, and knows no stage variables in the address of a function. Here a changed definition waits for the next
deployment.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

import json
import re

from ministack.services import apigateway_v1 as api
from ministack.services.cloudformation import provisioners

PLACES = {"query": "querystring", "header": "header", "path": "path"}
EXTENSION = "x-amazon-apigateway-"

waiting = {}
update_api = provisioners._apigw_rest_api_update
invoke_lambda = api._invoke_lambda_proxy_v1


def import_definition(spec, base_data=None):
    status, _headers, body = api._create_rest_api(
        {**(base_data or {}), "name": (base_data or {}).get("name") or spec["info"]["title"]}
    )
    if status >= 400:
        raise ValueError(f"the API was not created: {body!r}")
    api_id = json.loads(body)["id"]
    fill(api_id, spec)
    return api_id


def fill(api_id, spec):
    """Replaces everything that the definition defines."""
    resources = api._resources[api_id]
    for resource_id, resource in list(resources.items()):
        if resource.get("path") == "/":
            resource["resourceMethods"] = {}
        else:
            resources.pop(resource_id)
    for store in (api._models, api._request_validators, api._authorizers_v1, api._gateway_responses):
        store.pop(api_id, None)
    schemes = api._import_security_schemes(api_id, spec)
    for name, schema in spec.get("components", {}).get("schemas", {}).items():
        api._create_model(api_id, {"name": name, "schema": json.dumps(schema)})
    validators = {
        name: json.loads(api._create_request_validator(api_id, {"name": name, **validator})[2])["id"]
        for name, validator in spec.get(f"{EXTENSION}request-validators", {}).items()
    }
    for response_type, response in spec.get(f"{EXTENSION}gateway-responses", {}).items():
        api._put_gateway_response(api_id, response_type, response)
    for path, item in spec.get("paths", {}).items():
        resource_id = resource_at(api_id, path)
        for name, operation in item.items():
            method = "ANY" if name == f"{EXTENSION}any-method" else name.upper()
            put_operation(api_id, resource_id, method, operation, schemes, validators)


def resource_at(api_id, path):
    resources = api._resources[api_id]
    parent = next(key for key, it in resources.items() if it.get("path") == "/")
    for part in filter(None, path.split("/")):
        child = next(
            (key for key, it in resources.items() if (it.get("parentId"), it.get("pathPart")) == (parent, part)),
            None,
        )
        parent = child or json.loads(api._create_resource(api_id, parent, {"pathPart": part})[2])["id"]
    return parent


def put_operation(api_id, resource_id, method, operation, schemes, validators):
    content = operation.get("requestBody", {}).get("content", {})
    validator = operation.get(f"{EXTENSION}request-validator")
    api._put_method(api_id, resource_id, method, {
        **api._method_security(operation.get("security"), schemes),
        "requestParameters": {
            f"method.request.{PLACES[it['in']]}.{it['name']}": it.get("required", False)
            for it in operation.get("parameters", [])
        },
        "requestModels": {
            media: it["schema"]["$ref"].rsplit("/", 1)[1] for media, it in content.items()
        },
        "requestValidatorId": validators[validator] if validator else None,
    })
    for status in operation.get("responses", {}):
        api._put_method_response(api_id, resource_id, method, status, {})
    integration = dict(operation[f"{EXTENSION}integration"])
    integration["type"] = integration["type"].upper()
    integration["passthroughBehavior"] = integration.get("passthroughBehavior", "when_no_match").upper()
    responses = integration.pop("responses", {})
    api._put_integration(api_id, resource_id, method, integration)
    for pattern, response in responses.items():
        selection = "" if pattern == "default" else pattern
        api._put_integration_response(
            api_id, resource_id, method, response["statusCode"], {**response, "selectionPattern": selection}
        )


def update_keeping_id(physical_id, old_props, new_props, stack_name, logical_id=None):
    if new_props.get("Body") != old_props.get("Body"):
        waiting[physical_id] = new_props["Body"]
    kept = {**new_props, "Body": old_props.get("Body")}
    return update_api(physical_id, old_props, kept, stack_name, logical_id)


def deploying(create_deployment):
    def deploy(api_id, data):
        spec = waiting.pop(api_id, None)
        if spec is not None:
            fill(api_id, spec)
        return create_deployment(api_id, data)

    return deploy


async def invoke_with_variables(integration, api_id, stage_name, stage, *others, **named):
    variables = stage.get("variables") or {}
    uri = re.sub(r"\$\{stageVariables\.(\w+)\}", lambda it: variables[it[1]], integration["uri"])
    return await invoke_lambda({**integration, "uri": uri}, api_id, stage_name, stage, *others, **named)


def install():
    api._invoke_lambda_proxy_v1 = invoke_with_variables
    api._import_rest_api = import_definition
    api._create_deployment = deploying(api._create_deployment)
    provisioners._RESOURCE_HANDLERS["AWS::ApiGateway::RestApi"]["update"] = update_keeping_id
