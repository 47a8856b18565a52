using System.Reflection;
using System.Runtime.Loader;

namespace Escalation.Functions.Tests.Surface;

/// <summary>
/// With Azure.Communication.Email itself: its surface says nothing that the package does not. The surface is loaded apart from it, out
/// of a folder of its own, since it has the same names. Without the package there is nothing to compare with, and the comparison itself
/// is tested.
/// </summary>
public sealed class SurfaceTests
{
    private static readonly Assembly Surface = new AssemblyLoadContext("surface").LoadFromAssemblyPath(
        Path.Combine(AppContext.BaseDirectory, "surface", "EmailSurface.dll")
    );

    [PackageFact]
    public void What_is_compiled_against_has_every_type_and_member_of_the_surface() =>
        Assert.Empty(Comparing.Differences(Types(Surface), name => Referenced.Value.GetValueOrDefault(name)));

    [Fact]
    public void A_type_that_is_not_there_is_named() =>
        Assert.Contains(
            "Azure.Communication.Email.EmailClient: there is no such type.",
            Comparing.Differences(Types(Surface), _ => null)
        );

    [Fact]
    public void A_missing_member_another_kind_and_an_abstract_member_that_a_double_would_lack_are_named()
    {
        Type[] pairs = [typeof(Ours.Client), typeof(Ours.Options)];
        var differences = Comparing
            .Differences(
                pairs,
                name =>
                    typeof(SurfaceTests).Assembly.GetType(name.Replace("+Ours", "+Theirs", StringComparison.Ordinal))
            )
            .ToList();
        Assert.Equal(5, differences.Count);
        Assert.Contains(
            differences,
            d => d.Contains("no System.Threading.Tasks.Task Send(System.String)", StringComparison.Ordinal)
        );
        Assert.Contains(differences, d => d.Contains("lacks System.Void Close() abstract", StringComparison.Ordinal));
        Assert.Contains(differences, d => d.Contains("Options: another kind of type.", StringComparison.Ordinal));
    }

    private static readonly Lazy<IReadOnlyDictionary<string, Type>> Referenced = new(() =>
        Types(typeof(Azure.Communication.Email.EmailClient).Assembly)
            .ToDictionary(type => type.FullName!, StringComparer.Ordinal)
    );

    private static IEnumerable<Type> Types(Assembly assembly) => assembly.GetExportedTypes();

    private static class Ours
    {
        public abstract class Client
        {
            public abstract Task Send(string text);
        }

        public sealed class Options;
    }

    private static class Theirs
    {
        public abstract class Client
        {
            public abstract Task Send(string text, int times);

            public abstract void Close();
        }

        public struct Options;
    }
}
