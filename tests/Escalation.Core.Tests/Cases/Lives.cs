using FsCheck;
using FsCheck.Fluent;

namespace Escalation.Core.Tests.Cases;

/// <summary>Random lives of cases for <see cref="Crowd"/>; of one that fails the shortest that still does is shown.</summary>
internal static class Lives
{
    /// <param name="stories">How many are tried.</param>
    /// <param name="deeds">How many things happen in one, at the most.</param>
    /// <param name="holds">Throws where what it checks does not hold.</param>
    public static void Check(int stories, int deeds, Action<Setting, int[]> holds)
    {
        var settings = Gen.Choose(0, (Setting.Procedures.Count * 32) - 1);
        var happenings = Gen.Choose(0, 1_000_000).ArrayOf().Resize(deeds);
        var shrinker = ArbMap.Default.ArbFor<int[]>();
        var lives = Arb.From(
            settings.Zip(happenings),
            life =>
                shrinker
                    .Shrinker(life.Item2)
                    .Where(shorter => shorter.All(n => n >= 0))
                    .Select(shorter => (life.Item1, shorter))
        );
        Prop.ForAll(lives, life => holds(Setting.Of(life.Item1), life.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(stories));
    }
}
