namespace Escalation.Bench.DueCases;

/// <param name="Batch">0: Quartz's own choice, the number of threads.</param>
internal sealed record QuartzSettings(int Threads, int Batch, TimeSpan Ahead)
{
    public override string ToString() =>
        $"{Threads} threads, MaxBatchSize {(Batch == 0 ? "automatic" : Batch)}, fire-ahead window {Ahead.TotalSeconds:0} s";
}
