using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    [AttributeUsage(AttributeTargets.Method)]
    public abstract class BindingAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class TriggerBindingAttribute : BindingAttribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class InputBindingAttribute : BindingAttribute;
}

namespace Microsoft.Azure.Functions.Worker
{
    [AttributeUsage(AttributeTargets.Method)]
    public class FunctionAttribute(string name) : Attribute
    {
        public string Name { get; } = name;
    }

    public enum AuthorizationLevel
    {
        Anonymous = 0,
        User = 1,
        Function = 2,
        System = 3,
        Admin = 4,
    }

    public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : TriggerBindingAttribute
    {
        public AuthorizationLevel AuthLevel { get; } = authLevel;

        public string[]? Methods { get; } = methods;

        public string? Route { get; set; }
    }

    public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
    {
        public string Schedule { get; } = schedule;
    }

    public class TimerInfo
    {
        public bool IsPastDue { get; set; }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class ActivityTriggerAttribute : TriggerBindingAttribute;

    public sealed class DurableClientAttribute : InputBindingAttribute;
}

namespace Microsoft.Azure.Functions.Worker.Builder
{
    public class FunctionsApplication
    {
        public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw Absent.Package;
    }

    public class FunctionsApplicationBuilder
    {
        internal FunctionsApplicationBuilder() => throw Absent.Package;

        public ConfigurationManager Configuration => throw Absent.Package;

        public IHostEnvironment Environment => throw Absent.Package;

        public IServiceCollection Services => throw Absent.Package;

        public IHost Build() => throw Absent.Package;
    }

    public static class FunctionsApplicationBuilderAspNetCoreExtensions
    {
        public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => throw Absent.Package;
    }
}

namespace Microsoft.Extensions.Logging
{
    public static class FunctionsLoggerExtensions
    {
        public static void LogMetric(this ILogger logger, string name, double value, IDictionary<string, object>? properties = null) => throw Absent.Package;
    }
}
