using Escalation.Functions;
using Escalation.Functions.Settings;
using Escalation.Functions.SignIn;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
try
{
    var settings = FunctionsSettings.Read(builder.Configuration);
    builder.Services.AddEscalationFunctions(settings, Platform.Read(builder.Configuration)).AddAzureResources(settings);
}
catch (SettingsFault fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
await builder.Build().RunAsync();
return 0;
