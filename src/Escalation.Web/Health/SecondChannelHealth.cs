using Escalation.Web.Emails;

namespace Escalation.Web.Health;

/// <summary>Whether there is a way to tell what email cannot.</summary>
internal sealed class SecondChannelHealth(SecondChannel channel) : IHostHealth
{
    public Task<HealthLine> LineAsync(DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(HealthWords.SecondChannel(channel.HasWebhook));
}
