using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Client
{
    public enum OrchestrationRuntimeStatus
    {
        Running,
        Completed,
        ContinuedAsNew,
        Failed,
        Canceled,
        Terminated,
        Pending,
        Suspended,
    }

    public sealed class OrchestrationMetadata(string name, string instanceId)
    {
        public string Name { get; } = name;

        public string InstanceId { get; } = instanceId;

        public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string? SerializedCustomStatus { get; init; }
    }

    public record OrchestrationQuery(
        DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
        IEnumerable<string>? TaskHubNames = null, string? InstanceIdPrefix = null, int PageSize = OrchestrationQuery.DefaultPageSize,
        bool FetchInputsAndOutputs = false, string? ContinuationToken = null)
    {
        public const int DefaultPageSize = 100;
    }

    public record PurgeInstancesFilter(DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);

    public record PurgeInstanceOptions(bool Recursive = false);

    public class PurgeResult(int count)
    {
        public int PurgedInstanceCount { get; } = count;
    }

    /// <summary>Every abstract member, so that a double of the tests compiles against the package too.</summary>
    public abstract class DurableTaskClient(string name) : IAsyncDisposable
    {
        public string Name { get; } = name;

        public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default);

        public abstract Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

        public abstract Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

        public abstract Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

        public abstract Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

        public abstract Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

        public virtual Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

        public abstract Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

        public abstract AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

        public virtual Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
            throw Absent.Package;

        public abstract ValueTask DisposeAsync();
    }
}

namespace DurableTask.Core.Exceptions
{
    public class OrchestrationAlreadyExistsException(string message) : Exception(message);
}

namespace Grpc.Core
{
    public enum StatusCode
    {
        NotFound = 5,
        FailedPrecondition = 9,
        Unavailable = 14,
    }

    public struct Status(StatusCode statusCode, string detail)
    {
        public StatusCode StatusCode { get; } = statusCode;

        public string Detail { get; } = detail;
    }

    public class RpcException(Status status) : Exception(status.Detail)
    {
        public StatusCode StatusCode => Status.StatusCode;

        public Status Status { get; } = status;
    }
}
