namespace Escalation.Testing;

/// <summary>A test that takes over a minute by its nature: only <c>./test --long</c> runs it.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("ESCALATION_TESTS") != "long")
            Skip = "Takes over a minute by its nature: ./test --long runs it.";
    }
}
