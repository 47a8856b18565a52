using Escalation.Core.Notices;

namespace Escalation.Standalone.Tests.Host;

/// <summary>A mail server that leaves everybody waiting until it is told to answer.</summary>
/// <param name="answer">To each email; null: taken.</param>
internal sealed class Hangs(Func<Email, MailResult>? answer = null) : IMailer
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Asked => _asked.Task;

    public void Answer() => _answer.TrySetResult();

    public async Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        _asked.TrySetResult();
        await _answer.Task.WaitAsync(cancel);
        return answer?.Invoke(email) ?? new MailResult.Taken(null);
    }
}
