package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-serverless-app/serverlessapp"
)

func main() {
	defer jsii.Close()

	cdk := awscdk.NewApp(nil)
	stack := awscdk.NewStack(cdk, jsii.String("Orders"), nil)
	app := serverlessapp.NewServerlessApp(stack, jsii.String("App"), &serverlessapp.ServerlessAppProps{
		Root:   jsii.String("../handlers"),
		Notify: jsii.Strings("ops@example.com"),
	})

	orders := app.AddTable(jsii.String("Orders"), &serverlessapp.AppTableProps{
		PartitionKey: jsii.String("id"),
	})

	app.OnRequest(jsii.String("POST /orders"), jsii.String("create_order.py"), &serverlessapp.RequestFunctionOptions{
		ColdStart: serverlessapp.ColdStart_Provisioned(&serverlessapp.ProvisionedConcurrencyOptions{
			Min: jsii.Number(1),
			Max: jsii.Number(5),
		}),
	}).Writes(orders)

	app.OnTableChange(orders, jsii.String("announce_order.py"), &serverlessapp.TableChangeFunctionOptions{
		BatchSize: jsii.Number(10),
	})

	daily := awsscheduler.ScheduleExpression_Rate(awscdk.Duration_Hours(jsii.Number(24)))
	app.OnSchedule(daily, jsii.String("close_day.py"), &serverlessapp.ScheduleFunctionOptions{
		Timeout: awscdk.Duration_Minutes(jsii.Number(2)),
	}).Reads(orders)

	cdk.Synth(nil)
}
