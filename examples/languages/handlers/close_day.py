import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE_NAME"])


def handler(event, context):
    orders = table.scan(Select="COUNT")
    print("orders so far:", orders["Count"])
