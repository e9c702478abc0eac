"""Prints the resources that one more function adds to a SAM template, by its event, as AWS's own translator expands it.

Needs `pip install aws-sam-translator`.
"""

import json
import logging
import os
from collections import Counter

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
logging.disable(logging.CRITICAL)

import boto3  # noqa: E402
import samtranslator  # noqa: E402
from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402

OPERATIONS = ["PreSignUp", "PostConfirmation", "PreAuthentication"]


def att(name, attribute):
    return {"Fn::GetAtt": [name, attribute]}


def from_stream(arn):
    return {"Stream": arn, "StartingPosition": "TRIM_HORIZON"}


def of_objects(i):
    rules = [{"Name": "prefix", "Value": f"f{i}"}]
    return {
        "Bucket": {"Ref": "B"},
        "Events": "s3:ObjectCreated:*",
        "Filter": {"S3Key": {"Rules": rules}},
    }


EVENTS = {
    "HttpApi": lambda i: {"Path": f"/f{i}", "Method": "get"},
    "DynamoDB": lambda i: from_stream(att("T", "StreamArn")),
    "S3": of_objects,
    "ScheduleV2": lambda i: {"ScheduleExpression": "rate(1 hour)"},
    "SQS": lambda i: {"Queue": att("Q", "Arn")},
    "SNS": lambda i: {"Topic": {"Ref": "N"}},
    "EventBridgeRule": lambda i: {"Pattern": {"source": [f"f{i}"]}},
    "Kinesis": lambda i: from_stream(att("S", "Arn")),
    "Cognito": lambda i: {"UserPool": {"Ref": "U"}, "Trigger": OPERATIONS[i]},
}

SHARED = {
    "T": {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}},
    },
    "B": {"Type": "AWS::S3::Bucket"},
    "Q": {"Type": "AWS::SQS::Queue"},
    "N": {"Type": "AWS::SNS::Topic"},
    "S": {"Type": "AWS::Kinesis::Stream"},
    "U": {"Type": "AWS::Cognito::UserPool"},
}


def types_with(event, count):
    resources = json.loads(json.dumps(SHARED))
    for i in range(count):
        properties = {"Handler": "f.handler", "Runtime": "nodejs22.x", "CodeUri": "s3://b/k"}
        if event in EVENTS:
            properties["Events"] = {"E": {"Type": event, "Properties": EVENTS[event](i)}}
        if event == "FunctionUrlConfig":
            properties[event] = {"AuthType": "AWS_IAM"}
        resources[f"F{i}"] = {"Type": "AWS::Serverless::Function", "Properties": properties}
        if event == "StateMachine":
            started = {"Type": "EventBridgeRule", "Properties": EVENTS["EventBridgeRule"](i)}
            resources[f"F{i}"] = {
                "Type": "AWS::Serverless::StateMachine",
                "Properties": {
                    "Definition": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}},
                    "Events": {"E": started},
                },
            }
    if event == "WebSocketApi":
        routes = {f"f{i}": {"FunctionArn": att(f"F{i}", "Arn")} for i in range(count)}
        resources["W"] = {
            "Type": "AWS::Serverless::WebSocketApi",
            "Properties": {"RouteSelectionExpression": "$request.body.action", "Routes": routes},
        }
    template = {"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}
    session = boto3.session.Session(region_name=os.environ["AWS_DEFAULT_REGION"])
    expanded = Translator({}, Parser(), boto_session=session).translate(template, {})
    return Counter(resource["Type"] for resource in expanded["Resources"].values())


def added(event):
    return sorted((types_with(event, 3) - types_with(event, 2)).elements())


events = [*EVENTS, "FunctionUrlConfig", "WebSocketApi", "StateMachine"]
print(json.dumps({"version": samtranslator.__version__, "types": {e: added(e) for e in events}}))
