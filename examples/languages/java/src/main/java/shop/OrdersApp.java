package shop;

import io.github.cdkserverlessapp.AppTableProps;
import io.github.cdkserverlessapp.ColdStart;
import io.github.cdkserverlessapp.ProvisionedConcurrencyOptions;
import io.github.cdkserverlessapp.RequestFunctionOptions;
import io.github.cdkserverlessapp.ScheduleFunctionOptions;
import io.github.cdkserverlessapp.ServerlessApp;
import io.github.cdkserverlessapp.TableChangeFunctionOptions;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;

public final class OrdersApp {
    public static void main(String[] args) {
        App cdk = new App();
        Stack stack = new Stack(cdk, "Orders");
        ServerlessApp app = ServerlessApp.Builder.create(stack, "App")
                .root("../handlers")
                .notify(List.of("ops@example.com"))
                .build();

        TableV2 orders = app.addTable("Orders", AppTableProps.builder().partitionKey("id").build());

        app.onRequest("POST /orders", "create_order.py", RequestFunctionOptions.builder()
                        .coldStart(ColdStart.provisioned(ProvisionedConcurrencyOptions.builder().min(1).max(5).build()))
                        .build())
                .writes(orders);

        app.onTableChange(orders, "announce_order.py", TableChangeFunctionOptions.builder()
                .batchSize(10)
                .build());

        app.onSchedule(ScheduleExpression.rate(Duration.hours(24)), "close_day.py", ScheduleFunctionOptions.builder()
                        .timeout(Duration.minutes(2))
                        .build())
                .reads(orders);

        cdk.synth();
    }
}
