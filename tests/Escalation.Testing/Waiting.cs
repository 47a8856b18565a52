using System.Runtime.CompilerServices;

namespace Escalation.Testing;

/// <summary>No test waits without an end: what has not come within this time makes it fail.</summary>
public static class Waiting
{
    /// <summary>More than anything here takes on a machine that is busy with others too.</summary>
    public static TimeSpan AtMost { get; } = TimeSpan.FromMinutes(1);

    private const int Most = 20_000;

    /// <summary>Cancelled after that time, from now on.</summary>
    public static CancellationToken Token => new CancellationTokenSource(AtMost).Token;

    /// <summary>Cancelled after five minutes: for what is fetched from elsewhere.</summary>
    public static CancellationToken LongToken => new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    /// <summary>Of a loop that lets time pass wake by wake: fails where there is always another one, and time stands still.</summary>
    public static void ThrowIfEndless(int turns) =>
        Assert.True(turns < Most, $"After {turns} turns there is yet another: time stands still.");

    /// <param name="what">The expression waited for, for the failure's words.</param>
    public static async Task InTimeAsync(this Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            await task.WaitAsync(AtMost);
        }
        catch (TimeoutException e) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Not within {AtMost.TotalSeconds} seconds: {what}", e);
        }
    }

    /// <inheritdoc cref="InTimeAsync(Task, string)"/>
    public static async Task<T> InTimeAsync<T>(
        this Task<T> task,
        [CallerArgumentExpression(nameof(task))] string what = ""
    )
    {
        await ((Task)task).InTimeAsync(what);
        return await task;
    }
}
