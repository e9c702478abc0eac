from aws_cdk import App, Duration, Stack
from aws_cdk.aws_scheduler import ScheduleExpression
from cdk_serverless_app import ColdStart, ServerlessApp

cdk = App()
stack = Stack(cdk, "Orders")
app = ServerlessApp(stack, "App", root="../handlers", notify=["ops@example.com"])

orders = app.add_table("Orders", partition_key="id")

app.on_request(
    "POST /orders",
    "create_order.py",
    cold_start=ColdStart.provisioned(min=1, max=5),
).writes(orders)

app.on_table_change(orders, "announce_order.py", batch_size=10)

app.on_schedule(
    ScheduleExpression.rate(Duration.hours(24)),
    "close_day.py",
    timeout=Duration.minutes(2),
).reads(orders)

cdk.synth()
