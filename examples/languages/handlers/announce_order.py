def handler(event, context):
    for record in event["Records"]:
        order = record["dynamodb"].get("NewImage", {})
        print(record["eventName"], order.get("id", {}).get("S"))
