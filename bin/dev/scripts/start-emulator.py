"""Starts the emulator, with two faults of MiniStack 1.5.33 corrected and its scheduler checking every second, not every ten.

When a nested stack is updated, what did not change of its resources loses its attributes: the update then fails with
"Requested attribute Arn does not exist in schema for AWS::IAM::Role". For a stack of its own MiniStack hands the old attributes
on (services/cloudformation/stacks.py); for a nested one it forgets to (provisioners.py, _cfn_nested_stack_deploy).

The other fault is how it imports REST APIs and serves them: rest_definition.py, rest_requests.py. It runs durable functions only in part:
durable_functions.py. It serves HTTP APIs and function URLs in part otherwise than AWS: http_requests.py. Functions find APIs and function URLs
by the emulator's addresses: local_addresses.py. With `SERVERLESS_APP_FUNCTIONS` in the environment, the server there runs the functions:
local_functions.py.
"""

import os
import sys

# Otherwise Python would write __pycache__ into the installed package.
sys.dont_write_bytecode = True
import durable_functions
import http_requests
import local_addresses
import rest_definition
import rest_requests
from ministack.app import main
from ministack.services import scheduler
from ministack.services.cloudformation import _stacks, provisioners

update_resource = provisioners._update_resource


def update_keeping_attributes(
    resource_type, physical_id, old_props, new_props, stack_name, logical_id=None, old_attrs=None
):
    if old_attrs is None:
        resources = (_stacks.get(stack_name) or {}).get("_resources", {})
        old_attrs = resources.get(logical_id, {}).get("Attributes")
    return update_resource(
        resource_type, physical_id, old_props, new_props, stack_name, logical_id, old_attrs
    )


provisioners._update_resource = update_keeping_attributes
scheduler._SCHEDULE_TICK_INTERVAL = 1
rest_requests.install()
rest_definition.install()
durable_functions.install()
local_addresses.install()
http_requests.install()
if "SERVERLESS_APP_FUNCTIONS" in os.environ:
    import local_functions

    local_functions.install()
main()
