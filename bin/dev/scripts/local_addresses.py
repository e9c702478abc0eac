"""Leads functions to the emulator by the addresses in their environment.

An API or a function URL that the emulator deployed has its AWS address in environment variables (`https://<id>.execute-api.…`), which
exists nowhere. Functions get the emulator's own address of it. Other addresses stay as they are.
"""

import os
import re

from ministack.services import apigateway, apigateway_v1, lambda_svc

ADDRESS = re.compile(
    r"\b(?P<scheme>https|wss)://(?P<id>[a-z0-9-]+)\.(?P<service>execute-api|lambda-url)\.[a-z0-9-]+\."
    r"(amazonaws\.com(\.cn)?|on\.aws)(?=$|[/?#\s\"',;])"
)
SCHEMES = {"https": "http", "wss": "ws"}

variables_on_aws = lambda_svc._runtime_env_vars


def is_emulated(service, name):
    if service == "lambda-url":
        return lambda_svc.resolve_function_url(name) is not None
    apis = [*apigateway._apis.all_items(), *apigateway_v1._rest_apis.all_items()]
    return any(api_id == name for (_account, _region, api_id), _api in apis)


def local_address(found):
    if not is_emulated(found["service"], found["id"]):
        return found[0]
    host = f"127.0.0.1:{os.environ.get('GATEWAY_PORT', '4566')}"
    return f"{SCHEMES[found['scheme']]}://{host}/_aws/{found['service']}/{found['id']}"


def local_variables(config):
    return {
        name: ADDRESS.sub(local_address, value) if isinstance(value, str) else value
        for name, value in variables_on_aws(config).items()
    }


def install():
    lambda_svc._runtime_env_vars = local_variables
