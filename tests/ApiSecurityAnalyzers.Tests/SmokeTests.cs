using Xunit;

namespace ApiSecurityAnalyzers.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Descriptor_ids_are_set() => Assert.Equal("ASA5002", Rules.Injection.ComposedSqlText.Descriptor.Id);
}
