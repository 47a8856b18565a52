using Azure.Communication.Email;
using Escalation.Functions.Settings;
using Escalation.Functions.Tests.World;
using Escalation.Testing.GovUkNotify;
using Escalation.Web.GovUkNotify;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Escalation.Functions.Tests.Settings;

/// <summary>How the settings reach the account, its emulator and the mail service. Nothing is asked of them here.</summary>
public sealed class AzureResourcesTests
{
    [Fact]
    public async Task An_account_is_reached_directly_and_is_made_no_containers()
    {
        var services = ServicesOf(CaseWorld.Settings);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<CosmosClient>();

        Assert.Equal(new Uri("https://cosmos.example.org"), client.Endpoint);
        Assert.Equal(
            (ConnectionMode.Direct, false),
            (client.ClientOptions.ConnectionMode, client.ClientOptions.LimitToEndpoint)
        );
        Assert.Single(services, service => service.ServiceType == typeof(IHostedService));
    }

    [Fact]
    public async Task An_emulator_is_reached_through_its_gateway_and_gets_the_containers_that_it_lacks()
    {
        var services = ServicesOf(
            CaseWorld.Settings with
            {
                CosmosEndpoint = new Uri("http://127.0.0.1:8081"),
                CosmosKey = "a2V5",
            }
        );
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<CosmosClient>();

        Assert.Equal(
            (ConnectionMode.Gateway, true),
            (client.ClientOptions.ConnectionMode, client.ClientOptions.LimitToEndpoint)
        );
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IHostedService)));
    }

    [Fact]
    public void A_mail_client_is_there_only_where_communication_services_send()
    {
        Assert.Contains(ServicesOf(CaseWorld.Settings), IsMailClient);
        var byNotify = CaseWorld.Settings with
        {
            EmailEndpoint = null,
            EmailSender = null,
            Notify = new NotifySettings { Key = NotifyStub.Key, Template = new Guid(NotifyStub.Template) },
        };
        Assert.DoesNotContain(ServicesOf(byNotify), IsMailClient);

        static bool IsMailClient(ServiceDescriptor service) => service.ServiceType == typeof(EmailClient);
    }

    private static ServiceCollection ServicesOf(FunctionsSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddAzureResources(settings);
        return services;
    }
}
